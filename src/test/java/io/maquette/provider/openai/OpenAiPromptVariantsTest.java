package io.maquette.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.maquette.config.Settings;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Fault;
import io.maquette.provider.Notes;
import io.maquette.provider.OddAnswersRun;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.RestClients;
import io.maquette.studio.LocalPromptVariants;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiPromptVariantsTest {

  private static final String CAT = "一只戴帽子的猫";

  /** A strong reference, because the garbage collector would otherwise remove the logger. */
  private static final Logger LOG = Logger.getLogger(Notes.class.getName());

  private final OpenAiSimulator simulator = new OpenAiSimulator();
  private final Notes notes = new Notes(Clock.systemUTC());
  private final LocalPromptVariants templates = new LocalPromptVariants();
  private final OpenAiPromptVariants variants = variants(PictureSimulator.KEY);
  private final List<LogRecord> logged = new ArrayList<>();
  private final Handler keeper =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private static Settings settings(String key) {
    return Settings.read(
        name -> Optional.ofNullable(Map.of("maquette.openai.api-key", key).get(name)));
  }

  private OpenAiPromptVariants variants(String key) {
    return variants(settings(key));
  }

  private OpenAiPromptVariants variants(Settings settings) {
    OpenAiChatClient client =
        RestClients.builder(URI.create(simulator.url() + "/v1"), 2_000, 1_000)
            .build(OpenAiChatClient.class);
    return new OpenAiPromptVariants(
        new OpenAiChat(client, settings), null, templates, notes, settings);
  }

  private OpenAiPromptVariants variantsOf(String model) {
    Map<String, String> values =
        Map.of(
            "maquette.openai.api-key", PictureSimulator.KEY, "maquette.openai.chat-model", model);
    return variants(Settings.read(name -> Optional.ofNullable(values.get(name))));
  }

  @BeforeEach
  void listen() {
    LOG.addHandler(keeper);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void close() {
    LOG.removeHandler(keeper);
    LOG.setUseParentHandlers(true);
    simulator.close();
  }

  private void fallsBack(String why) {
    assertThat(variants.variantsOf(CAT)).isEqualTo(templates.variantsOf(CAT));
    assertThat(logged)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.getLevel()).isEqualTo(Level.WARNING);
              assertThat(entry.getMessage())
                  .contains(why)
                  .doesNotContain(PictureSimulator.KEY)
                  .doesNotContain("猫");
            });
  }

  @Test
  void the_four_variants_of_the_chat_model_are_used() {
    assertThat(variants.variantsOf(CAT))
        .hasSize(4)
        .allSatisfy(variant -> assertThat(variant).startsWith(CAT + ", as the model sees it"));
    assertThat(simulator.complaints()).isEmpty();
    assertThat(logged).isEmpty();
  }

  @Test
  void the_same_prompt_has_the_same_variants() {
    List<String> first = variants.variantsOf(CAT);
    simulator.say("{\"variants\":[\"a\",\"b\",\"c\",\"d\"]}");
    assertThat(variants.variantsOf(CAT)).isEqualTo(first);
    assertThat(simulator.chats()).isEqualTo(1);
    assertThat(variants.variantsOf("a dog")).containsExactly("a", "b", "c", "d");
  }

  @Test
  void templates_are_stable() {
    simulator.failNextChat("503");
    fallsBack("UNAVAILABLE");
    assertThat(variants.variantsOf(CAT)).isEqualTo(templates.variantsOf(CAT));
    assertThat(simulator.chats()).isZero();
  }

  @Test
  void only_the_latest_prompts_are_cached() {
    List<String> asked = new ArrayList<>();
    OpenAiPromptVariants counted =
        answering(
            words -> {
              asked.add(words);
              return "{\"variants\":[\"a\",\"b\",\"c\",\"d\"]}";
            });
    counted.variantsOf(CAT);
    for (int other = 1; other <= OpenAiPromptVariants.REMEMBERED; other++) {
      counted.variantsOf("other " + other);
    }
    counted.variantsOf("other 1");
    assertThat(asked).hasSize(OpenAiPromptVariants.REMEMBERED + 1);
    counted.variantsOf(CAT);
    assertThat(asked).hasSize(OpenAiPromptVariants.REMEMBERED + 2).endsWith(CAT);
  }

  @Test
  void prompt_variants_are_trimmed() {
    simulator.say("{\"variants\":[\" a\",\"b \",\"c\",\"d\"],\"more\":1}");
    assertThat(variants.variantsOf(CAT)).containsExactly("a", "b", "c", "d");
  }

  static Stream<String> unusable() {
    String longest = "x".repeat(501);
    return Stream.of(
        "",
        "no JSON",
        "[\"a\",\"b\",\"c\",\"d\"]",
        "{}",
        "{\"variants\":null}",
        "{\"variants\":\"a\"}",
        "{\"variants\":[\"a\",\"b\",\"c\"]}",
        "{\"variants\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}",
        "{\"variants\":[\"a\",\"b\",\"c\",\"c \"]}",
        "{\"variants\":[\"a\",\"b\",\"c\",\"  \"]}",
        "{\"variants\":[\"a\",\"b\",\"c\",7]}",
        "{\"variants\":[\"a\",\"b\",\"c\",\"d\\ne\"]}",
        "{\"variants\":[\"a\",\"b\",\"c\",\"d\\u0000\"]}",
        "{\"variants\":[\"a\",\"b\",\"c\",\"\\ud800\"]}",
        "{\"variants\":[\"a\",\"b\",\"c\",\"" + longest + "\"]}",
        "{\"variants\":[\"a\",\"b\",\"c\",\"d\"]",
        "[".repeat(5_000));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void unusable_variants_are_replaced_by_templates(String content) {
    simulator.say(content);
    fallsBack(content.isEmpty() ? "no text" : "not usable");
  }

  @Test
  @Tag("slow")
  void odd_answers_use_no_thread_and_cost_nothing() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    new OddAnswersRun(
            "OpenAi chat", simulator, simulator::isChat, simulator::isChat, simulator::chats)
        .thatIsSentAgainIfRefused()
        .of(
            isPatient -> {
              List<String> four = variants.variantsOf(CAT + asked.incrementAndGet());
              assertThat(four).hasSize(4).doesNotHaveDuplicates();
              if (isPatient && !four.get(0).contains("as the model sees it")) {
                throw new ProviderException(
                    Problem.UNAVAILABLE, logged.get(logged.size() - 1).getMessage());
              }
            });
    assertThat(logged)
        .extracting(LogRecord::getMessage)
        .allSatisfy(
            message ->
                assertThat(message).doesNotContain(PictureSimulator.KEY).doesNotContain(CAT));
  }

  @Test
  void length_is_counted_in_code_points() {
    String cats = "🐱".repeat(500);
    simulator.say("{\"variants\":[\"a\",\"b\",\"c\",\"" + cats + "\"]}");
    assertThat(variants.variantsOf(CAT)).containsExactly("a", "b", "c", cats);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insufficient_quota",
        "rate_limit_exceeded",
        "invalid_api_key",
        "model_not_found",
        "content_policy_violation",
        "400",
        "500",
        "503"
      })
  void a_problem_of_the_chat_model_does_not_fail_the_pictures(String code) {
    simulator.failNextChat(code);
    fallsBack("HTTP ");
  }

  static Stream<Fault> breakages() {
    return Stream.of(
        Simulator.acceptThenDrop(),
        Simulator.instead(Answer.json(200, "")),
        Simulator.instead(Answer.json(200, "{")),
        Simulator.instead(Answer.json(200, "{}")),
        Simulator.instead(Answer.json(200, "{\"choices\":[null]}")),
        Simulator.instead(Answer.json(200, "{\"choices\":[{\"message\":{}}]}")),
        Simulator.instead(Answer.json(200, "{\"error\":{\"message\":\"no\"}}")),
        Simulator.huge("application/json", new byte[] {'{'}, 64 << 20));
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void a_broken_connection_does_not_fail_the_pictures(Fault fault) {
    simulator.next(simulator::isChat, fault);
    fallsBack("");
    assertThat(simulator.received(simulator::isChat)).hasSize(1);
  }

  @Test
  void a_missing_answer_does_not_fail_the_pictures() {
    simulator.next(simulator::isChat, simulator.acceptThenHang());
    fallsBack("OUTCOME_UNKNOWN");
  }

  @Test
  void a_server_that_is_down_does_not_fail_the_pictures() {
    simulator.close();
    fallsBack("UNAVAILABLE");
  }

  @Test
  void an_open_circuit_breaker_does_not_fail_the_pictures() {
    OpenAiPromptVariants open =
        answering(
            words -> {
              throw new CircuitBreakerOpenException("open");
            });
    assertThat(open.variantsOf(CAT)).isEqualTo(templates.variantsOf(CAT));
  }

  /** Creates variants from a fake chat model. */
  private OpenAiPromptVariants answering(UnaryOperator<String> model) {
    OpenAiChat chat =
        new OpenAiChat() {
          @Override
          public String answerTo(String task, String words) {
            return model.apply(words);
          }
        };
    return new OpenAiPromptVariants(chat, null, templates, notes, settings(PictureSimulator.KEY));
  }

  @Test
  void it_needs_a_key() {
    variants.check();
    assertThat(variants.name()).isEqualTo("openai");
    assertThatIllegalStateException()
        .isThrownBy(variants("")::check)
        .withMessage(
            "maquette.openai.api-key is not set, but maquette.provider.prompt names openai");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```json\n%s\n```",
        "```\n%s```",
        "<think>I write {\"variants\": [\"no\"]} first.</think>\n%s",
        "It thinks {aloud}</think>%s",
        "<thinking>hm</thinking>```json\n%s\n```\nHope it helps {you}!",
        "Here you are: %s",
        "{\"thought\":\"a cat\"}\n%s"
      })
  void what_stands_around_the_json_does_not_matter(String answer) {
    simulator.say(answer.formatted("{\"variants\":[\"a}\",\"b\\\"{\",\"c\",\"d\"]}"));
    assertThat(variants.variantsOf(CAT)).containsExactly("a}", "b\"{", "c", "d");
    assertThat(notes.list()).isEmpty();
  }

  static Stream<Answer> refusalsOfOptions() {
    return Stream.of(
        Answer.json(
            400,
            "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0\","
                + "\"param\":\"temperature\",\"code\":\"unsupported_value\"}}"),
        Answer.json(400, "{\"error\":\"text\"}"),
        Answer.json(422, "{\"detail\":[{\"loc\":[\"body\",\"temperature\"],\"msg\":\"no\"}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gpt-6-luna", "gpt-4o-mini", "openai/gpt-5.6-luna", "o4", "gpt-10", "qwen3-max"})
  void each_model_family_gets_its_own_parameters(String model) {
    boolean reasons = !model.equals("gpt-4o-mini") && !model.equals("qwen3-max");
    simulator.next(simulator::isChat, Simulator.instead(Answer.json(500, "{}")));
    variantsOf(model).variantsOf(CAT);
    assertThat(simulator.received(simulator::isChat).get(0).json().keySet())
        .containsExactlyInAnyOrder(
            "model", "messages", reasons ? "reasoning_effort" : "temperature", "response_format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-6-luna", "gpt-4o-mini"})
  void the_wire_takes_what_each_family_gets(String model) {
    assertThat(variantsOf(model).variantsOf(CAT)).allMatch(words -> words.startsWith(CAT));
    assertThat(simulator.complaints()).isEmpty();
    assertThat(notes.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reasoning_effort", "reasoning effort"})
  void an_effort_that_is_refused_is_left_out_from_then_on(String words) {
    simulator.refuseOption(
        "reasoning_effort", Answer.json(400, "{\"error\":\"unknown " + words + "\"}"));
    assertThat(variants.variantsOf(CAT)).allMatch(variant -> variant.startsWith(CAT));
    assertThat(simulator.received(simulator::isChat)).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("refusalsOfOptions")
  void an_option_that_is_refused_is_left_out_from_then_on(Answer refusal) {
    OpenAiPromptVariants variants = variantsOf("gpt-4o-mini");
    simulator.refuseOption("temperature", refusal);
    simulator.refuseOption(
        "response_format",
        Answer.json(400, "{\"error\":\"'response_format.type' must be 'json_schema' or 'text'\"}"));
    assertThat(variants.variantsOf(CAT)).allMatch(words -> words.startsWith(CAT));
    int tries = simulator.received(simulator::isChat).size();
    assertThat(tries).isBetween(2, 3);
    assertThat(variants.variantsOf("a dog")).allMatch(words -> words.startsWith("a dog"));
    assertThat(simulator.received(simulator::isChat)).hasSize(tries + 1);
    assertThat(notes.list()).isEmpty();
  }

  @Test
  void why_templates_are_in_use_is_noted_once_and_until_the_model_answers() {
    for (int task = 0; task < 3; task++) {
      simulator.failNextChat("model_not_found");
      variants.variantsOf("cat " + task);
    }
    assertThat(notes.list())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.subject()).isEqualTo("prompts");
              assertThat(note.words())
                  .startsWith(
                      "templates in use, because of RETIRED, check maquette.openai.chat-model"
                          + " (default of this version: gpt-6-luna): ");
            });
    assertThat(logged.stream().filter(entry -> entry.getLevel().equals(Level.WARNING))).hasSize(1);
    variants.variantsOf("another cat");
    assertThat(notes.list()).isEmpty();
  }
}
