package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.batch.BatchJobType;
import io.maquette.batch.RunStatus;
import io.maquette.cluster.NodeStatus;
import io.maquette.security.Role;
import io.maquette.task.FailureCode;
import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.ProviderCall;
import io.maquette.task.wait.WaitReason;
import io.maquette.webhook.Delivery;
import io.maquette.worker.control.ProviderOutage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

  @Test
  void both_languages_have_the_same_texts_with_the_same_arguments() throws IOException {
    Properties english = load("texts.properties");
    Properties chinese = load("texts_zh.properties");
    assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(english.getProperty(key)).as(key).isNotBlank();
      assertThat(chinese.getProperty(key)).as(key).isNotBlank();
      assertThat(new MessageFormat(chinese.getProperty(key)).getFormatsByArgumentIndex())
          .as(key)
          .hasSameSizeAs(new MessageFormat(english.getProperty(key)).getFormatsByArgumentIndex());
    }
  }

  @Test
  void apostrophes_are_kept_with_arguments_and_without() throws IOException {
    Messages english = Messages.accepting("en");
    assertThat(english.get("problem.origin", "https://a.example", "Host: b.example"))
        .contains("a page of https://a.example", "sent to Host: b.example", "browser's Host");
    assertThat(english.get("console.tasks.lead")).startsWith("All users'");
    assertThat(english.get("console.tasks.lead", "x")).startsWith("All users'");
    for (String name : new String[] {"texts.properties", "texts_zh.properties"}) {
      Properties texts = load(name);
      for (String key : texts.stringPropertyNames()) {
        assertThat(texts.getProperty(key)).as(key).doesNotContain("''");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "--", "q=", ";", "zh;q=", "x-", "\u0130"})
  void an_accept_language_that_means_nothing_is_english(String header) {
    assertThat(Messages.accepting(header).language()).isEqualTo(Locale.ENGLISH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zh|zh",
        "zh-CN,zh;q=0.9,en;q=0.8|zh",
        "zh-TW|zh",
        "zh-Hans-CN|zh",
        "en|en",
        "en-GB,en;q=0.9|en",
        "en;q=0.1,zh;q=0.9|zh",
        "zh;q=0.1,en|en",
        "fr,de;q=0.5,zh;q=0.1|zh",
        "fr|en",
        "zh;q=0,en;q=0.1|en",
        "zh_CN;;<script>|en",
        "''|zh",
        "*;;;nonsense|en",
        "fr,de|en",
      })
  void the_language_is_the_preferred_one(String header, String language) {
    assertThat(Messages.accepting(header).language()).isEqualTo(Locale.forLanguageTag(language));
  }

  @Test
  void chinese_is_the_default_language() {
    assertThat(Messages.accepting(null).get("message.started")).isEqualTo("3D模型生成已启动");
    assertThat(Messages.accepting("en").get("message.started"))
        .isEqualTo("3D model generation started");
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void every_problem_has_a_message(ProblemCode code) {
    for (String language : new String[] {"zh", "en"}) {
      assertThat(Messages.accepting(language).get("problem." + code, 1)).isNotBlank();
    }
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void every_failure_has_a_reason_in_both_languages(FailureCode code) {
    assertThat(Messages.accepting("zh").get("failure." + code)).isEqualTo(code.reason());
    assertThat(Messages.accepting("en").get("failure." + code)).isNotBlank().isASCII();
  }

  @ParameterizedTest
  @EnumSource(TaskStatus.class)
  void every_status_has_a_label(TaskStatus status) {
    for (String language : new String[] {"zh", "en"}) {
      assertThat(Messages.accepting(language).get("status." + status)).isNotBlank();
    }
  }

  /** The console shows these names instead of the constants. */
  @Test
  void every_constant_that_the_console_shows_has_a_name() throws IOException {
    Map<String, Enum<?>[]> shown =
        Map.of(
            "console.stage.", Stage.values(),
            "console.role.", Role.values(),
            "console.run.status.", RunStatus.values(),
            "console.provider.state.", ProviderOutage.Reason.values(),
            "console.node.state.", NodeStatus.State.values(),
            "console.delivery.", Delivery.Status.values(),
            "console.model.", ModelStatus.values(),
            "console.submission.", ProviderCall.Outcome.values(),
            "console.event.", TaskEvent.Type.values(),
            "waits.", WaitReason.values());
    Set<String> keys = load("texts.properties").stringPropertyNames();
    shown.forEach(
        (prefix, constants) ->
            assertThat(keys)
                .containsAll(Arrays.stream(constants).map(each -> prefix + each.name()).toList()));
    for (BatchJobType job : BatchJobType.values()) {
      assertThat(keys).contains("console.job." + job.id());
    }
  }

  private static Properties load(String name) throws IOException {
    Properties texts = new Properties();
    try (Reader reader =
        new InputStreamReader(
            MessagesTest.class.getResourceAsStream("/io/maquette/" + name),
            StandardCharsets.UTF_8)) {
      texts.load(reader);
    }
    return texts;
  }
}
