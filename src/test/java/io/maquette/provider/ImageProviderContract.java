package io.maquette.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Fault;
import io.maquette.it.simulator.Simulator.Received;
import io.maquette.option.ImageOptions;
import io.maquette.provider.http.RestClients;
import io.maquette.provider.http.RetirementHeaders;
import io.maquette.storage.ResultFetchException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of every image provider over the wire: a valid picture or a problem, one submission in
 * every case, and no key in any message.
 */
@Tag("fault")
public abstract class ImageProviderContract<S extends PictureSimulator> {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Time limit for an answer that does not come. */
  private static final int SHORT_MILLIS = 500;

  private static final String PROMPT = "一只戴帽子的猫 🐱, \"quoted\"";

  protected S simulator;
  private int readMillis = 2_000;

  private final Retirements retirements = new Retirements(new Notes(Clock.systemUTC()));
  private LogBook log;
  private String content;

  protected abstract S simulate();

  /** Returns the setting of the key. */
  protected abstract String keySetting();

  /** Returns the provider, whose client calls the simulator. */
  protected abstract ImageProvider provider(Settings settings);

  /** Returns whether the provider can look up a picture after a lost answer. */
  protected boolean hasList() {
    return false;
  }

  /** Returns whether the answer contains an address instead of the picture. */
  protected boolean comesByAddress() {
    return true;
  }

  @BeforeEach
  void simulateTheWire() {
    log = new LogBook();
    simulator = simulate();
    content = Base64.getEncoder().encodeToString(simulator.picture());
  }

  @AfterEach
  void close() {
    simulator.close();
    log.close();
    assertThat(log.text())
        .doesNotContain(PictureSimulator.KEY, "Signature=", "猫")
        .doesNotContain(content);
  }

  protected final Settings settings(Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put(keySetting(), PictureSimulator.KEY);
    values.put("maquette.download.allowed-hosts", simulator.host());
    values.putAll(more);
    return Settings.read(name -> Optional.ofNullable(values.get(name)));
  }

  protected final ImageProvider provider() {
    return provider(settings(Map.of()));
  }

  /** Returns the address to which the client's paths are added. */
  protected URI base() {
    return simulator.url();
  }

  protected final <C> C client(Class<C> type) {
    return RestClients.builder(base(), 2_000, readMillis)
        .register(new RetirementHeaders(retirements, ProviderSetting.OPENAI_MODEL))
        .build(type);
  }

  protected static ImageRequest request() {
    return new ImageRequest(PROMPT, 2, TIMEOUT);
  }

  protected static ImageRequest request(ImageOptions options) {
    return new ImageRequest(PROMPT, 2, TIMEOUT, address -> {}, options);
  }

  /**
   * Returns the problem of a request; asserts that its message contains neither key nor signature.
   */
  protected static ProviderException problemOf(ImageProvider provider, ImageRequest request) {
    ProviderException problem =
        catchThrowableOfType(ProviderException.class, () -> provider.generate(request));
    assertThat(problem).isNotNull();
    for (Throwable told = problem; told != null; told = told.getCause()) {
      assertThat(told.toString()).doesNotContain(PictureSimulator.KEY, "Signature", "猫");
    }
    assertThat(problem.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(320);
    return problem;
  }

  protected final ProviderException problem() {
    return problemOf(provider(), request());
  }

  protected final int submissions() {
    return simulator.received(simulator::isSubmission).size();
  }

  /** Lets the next submission fail with this fault, and asserts that it is not repeated. */
  private Problem after(Fault fault) {
    simulator.next(simulator::isSubmission, fault);
    Problem problem = problem().problem();
    assertThat(submissions()).isEqualTo(1);
    return problem;
  }

  @Test
  void a_picture_of_the_prompt_is_generated() throws ProviderException {
    GeneratedPicture drawing = provider().generate(request());
    Picture picture = drawing.picture();
    assertThat(picture.content()).isEqualTo(simulator.picture());
    assertThat(picture.mediaType()).isEqualTo("image/png");
    assertThat(simulator.received(simulator::isSubmission))
        .singleElement()
        .satisfies(sent -> assertThat(sent.json().toString()).contains("一只戴帽子的猫 🐱"));
    assertThat(log.text()).containsPattern("POST 127.0.0.1/.*: 200 after [0-9]+ ms");
    assertThat(drawing.requestId()).as("what support asks for").isEqualTo(simulator.requestId());
    assertThat(simulator.accepted()).isEqualTo(1);
    assertThat(simulator.complaints()).isEmpty();
  }

  @Test
  void an_announced_retirement_is_kept_and_an_odd_one_does_no_harm() throws ProviderException {
    simulator.next(simulator::isSubmission, Simulator.plus("Sunset", "soon"));
    provider().generate(request());
    assertThat(retirements.list()).isEmpty();
    simulator.next(
        simulator::isSubmission, Simulator.plus("Sunset", "Fri, 01 Jan 2027 00:00:00 GMT"));
    provider().generate(request());
    assertThat(retirements.list())
        .singleElement()
        .satisfies(one -> assertThat(one.retiresAt()).isEqualTo("2027-01-01T00:00:00Z"));
    simulator.next(
        simulator::isSubmission,
        Simulator.instead(Answer.json(503, "{}").with("Deprecation", "@1790000000")));
    problem();
    assertThat(retirements.list().get(0).deprecatedAt()).isEqualTo("2026-09-21T14:13:20Z");
  }

  @Test
  void the_type_of_a_picture_is_detected_from_its_first_bytes() throws ProviderException {
    simulator.draw("image/png", PictureSimulator.image("jpeg", 64));
    assertThat(provider().generate(request()).picture().mediaType()).isEqualTo("image/jpeg");
  }

  @Test
  void a_result_that_is_not_a_picture_is_refused_but_may_be_charged() {
    simulator.draw("image/png", "<!doctype html>".getBytes(StandardCharsets.UTF_8));
    assertUnusable(problem());
    simulator.draw("image/png", "glTF\u0002\0\0\0".getBytes(StandardCharsets.UTF_8));
    assertUnusable(problem());
    simulator.draw("image/png", new byte[0]);
    assertUnusable(problem());
  }

  /**
   * Asserts the problem of an unusable picture: one at an address can be downloaded again, one
   * inside the answer cannot.
   */
  private void assertUnusable(ProviderException problem) {
    if (comesByAddress()) {
      assertNotFetched(problem, Reason.UNUSABLE);
    } else {
      assertThat(problem.problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
    }
  }

  private static void assertNotFetched(ProviderException problem, Reason reason) {
    assertThat(problem)
        .isInstanceOf(ResultNotFetchedException.class)
        .isNotInstanceOf(OutageException.class);
    assertThat(((ResultNotFetchedException) problem).reason()).isEqualTo(reason);
  }

  @Test
  void the_address_of_a_picture_is_reported_before_its_download_and_works_again()
      throws ProviderException {
    if (!comesByAddress()) {
      return;
    }
    List<ResultAddress> paid = new ArrayList<>();
    ImageProvider provider = provider();
    simulator.always(PictureSimulator::isFile, Simulator.instead(Answer.json(403, "{}")));
    ImageRequest request =
        new ImageRequest(
            PROMPT,
            2,
            TIMEOUT,
            address -> {
              assertThat(simulator.received(PictureSimulator::isFile)).isEmpty();
              paid.add(address);
            });
    assertNotFetched(problemOf(provider, request), Reason.ANSWERED);
    assertThat(paid).hasSize(1);
    assertThat(paid.get(0).toString()).doesNotContain("Signature");
    assertThat(paid.get(0).lifetime()).isBetween(Duration.ofHours(1), Duration.ofDays(1));
    simulator.recover();
    assertThat(provider.fetch(paid.get(0).url(), TIMEOUT).content()).isEqualTo(simulator.picture());
    assertThat(submissions()).isEqualTo(1);
  }

  @Test
  void a_picture_above_20_mib_is_refused() {
    byte[] large = new byte[(20 << 20) + 1];
    byte[] head = PictureSimulator.image("png", 8);
    System.arraycopy(head, 0, large, 0, head.length);
    simulator.draw("image/png", large);
    assertThat(problem())
        .satisfies(this::assertUnusable)
        .hasMessageContaining("larger than 20971520 bytes");
  }

  @Test
  void a_paid_picture_is_downloaded_again_after_a_failure() throws ProviderException {
    if (comesByAddress()) {
      simulator.next(PictureSimulator::isFile, Simulator.instead(Answer.json(503, "{}")));
      assertThat(provider().generate(request()).picture().content()).isEqualTo(simulator.picture());
      assertThat(submissions()).isEqualTo(1);
      assertThat(simulator.received(PictureSimulator::isFile)).hasSize(2);
    }
  }

  @Test
  void a_picture_on_another_host_is_not_downloaded() {
    if (comesByAddress()) {
      simulator.sayTheyLieAt("http://169.254.169.254/latest?Signature=secret");
      assertNotFetched(problem(), Reason.HOST_NOT_ALLOWED);
      simulator.sayTheyLieAt("file:///etc/passwd");
      assertNotFetched(problem(), Reason.HOST_NOT_ALLOWED);
      simulator.sayTheyLieAt("https://results.example/1.png?Signature=secret");
      ProviderException unknownHost = problem();
      assertNotFetched(unknownHost, Reason.HOST_NOT_ALLOWED);
      assertThat(unknownHost)
          .hasMessageContaining("add results.example to maquette.download.allowed-hosts");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, MISCONFIGURED",
    "401, UNAUTHORISED",
    "402, OUT_OF_CREDIT",
    "403, UNAUTHORISED",
    "404, MISCONFIGURED",
    "429, THROTTLED",
    "451, REFUSED",
    "500, UNAVAILABLE",
    "501, MISCONFIGURED",
    "502, OUTCOME_UNKNOWN",
    "503, UNAVAILABLE",
    "504, OUTCOME_UNKNOWN",
    "408, OUTCOME_UNKNOWN",
    "520, OUTCOME_UNKNOWN",
    "521, UNAVAILABLE",
    "524, OUTCOME_UNKNOWN",
    "529, UNAVAILABLE"
  })
  void an_http_status_without_a_known_code_is_mapped_by_itself(int status, Problem problem) {
    assertThat(after(Simulator.instead(Answer.json(status, "<html>no JSON</html>"))))
        .isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "404, text/html",
    "404, application/json",
    "405, application/json",
    "308, text/plain",
    "302, text/html",
    "200, text/html",
    "200, text/html;charset=utf-8",
    "200, application/json; but html",
    "201, text/html",
    "400, text/html"
  })
  void a_wrong_base_address_is_the_operators_and_names_the_setting(int status, String type) {
    byte[] page = "<!DOCTYPE html><title>Welcome</title>".getBytes(StandardCharsets.UTF_8);
    byte[] body = type.contains("html") ? page : "{}".getBytes(StandardCharsets.UTF_8);
    simulator.next(
        simulator::isSubmission,
        Simulator.instead(
            new Answer(status, Map.of("Content-Type", type.replace("; but html", "")), body)));
    ProviderException problem = problem();
    assertThat(problem.problem()).isEqualTo(Problem.MISCONFIGURED);
    assertThat(problem)
        .hasMessageStartingWith("check " + keySetting().replace("api-key", "url") + ": HTTP ");
    assertThat(submissions()).isEqualTo(1);
    assertThat(simulator.accepted()).isZero();
  }

  @Test
  void the_retry_delay_is_the_providers() {
    simulator.next(
        simulator::isSubmission,
        Simulator.instead(Answer.json(429, "{}").with("Retry-After", "7")));
    assertThat(problem().retryAfter()).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "{\"data\":[],\"images\":[],\"output\":{}}",
        "{\"data\":[null],\"images\":[null],\"output\":null}",
        "{\"data\":[{}],\"images\":[{}],\"output\":{\"task_id\":\" \"}}",
        "{\"data\":7,\"images\":\"x\",\"output\":[]}"
      })
  void an_empty_answer_leaves_the_outcome_unknown(String body) {
    assertThat(after(Simulator.acceptThen(Answer.json(200, body))))
        .isEqualTo(Problem.OUTCOME_UNKNOWN);
  }

  /** Parsson skips unknown members and does not notice the end of the text */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timings\":[1,2",
        "{\"timings\":{\"a\":1",
        "{\"timings\":{\"a\":[",
        "{\"timings\":[[[",
        "{\"data\":[{\"x\":[",
        "{\"images\":[{\"x\":[",
        "{\"output\":{\"x\":["
      })
  void a_truncated_answer_ends_the_call(String body) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(after(Simulator.acceptThen(Answer.json(200, body))))
                .isEqualTo(Problem.OUTCOME_UNKNOWN));
  }

  @Test
  void a_deeply_nested_answer_ends_the_call() {
    for (String nested : new String[] {"[", "{\"a\":"}) {
      String body = "{\"timings\":" + nested.repeat(50_000);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            simulator.next(simulator::isSubmission, Simulator.acceptThen(Answer.json(200, body)));
            assertThat(problem().problem()).isEqualTo(Problem.OUTCOME_UNKNOWN);
            simulator.next(simulator::isSubmission, Simulator.instead(Answer.json(400, body)));
            assertThat(problem().problem()).isEqualTo(Problem.REFUSED);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"the queue broke\"}",
        "{\"error\":{\"message\":\"the queue broke\"}}",
        "{\"detail\":\"the queue broke\"}",
        "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"the queue broke\"}]}",
        "{\"message\":\"the queue broke\"}",
        "{\"msg\":\"the queue broke\"}",
        "{\"errors\":[\"the queue broke\"]}",
        "<html><title>the queue broke</title></html>",
        "the queue broke"
      })
  void the_message_of_an_error_is_kept_from_every_place(String body) {
    Answer answer = Answer.json(500, body).with("Content-Type", "application/octet-stream");
    simulator.next(simulator::isSubmission, Simulator.instead(answer));
    assertThat(problem())
        .hasMessageContaining("the queue broke")
        .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.UNAVAILABLE));
  }

  /** Returns the kinds of requests with JSON answers, by name; the first one submits. */
  protected Map<String, Predicate<Received>> calls() {
    return Map.of("submit", simulator::isSubmission);
  }

  /** Returns the provider with its shortest possible pauses. */
  protected ImageProvider hurriedProvider() {
    return provider();
  }

  @Test
  @Tag("slow")
  void odd_answers_use_no_thread_and_cost_nothing() throws Exception {
    ImageProvider provider = hurriedProvider();
    for (Map.Entry<String, Predicate<Received>> call : calls().entrySet()) {
      new OddAnswersRun(
              getClass().getSimpleName().replace("ImageProviderTest", "") + " " + call.getKey(),
              simulator,
              call.getValue(),
              simulator::isSubmission,
              simulator::accepted)
          .of(
              isPatient -> {
                Duration time = isPatient ? TIMEOUT : Duration.ofMillis(30);
                Picture picture = provider.generate(new ImageRequest(PROMPT, 2, time)).picture();
                assertThat(picture.content()).isEqualTo(simulator.picture());
              });
    }
  }

  @Test
  void a_connection_lost_after_the_request_leaves_the_outcome_unknown() {
    assertThat(after(Simulator.acceptThenDrop())).isEqualTo(Problem.OUTCOME_UNKNOWN);
  }

  @Test
  void a_picture_of_unknown_outcome_is_looked_up_in_the_providers_list() throws ProviderException {
    Instant submittedAt = Instant.now();
    assertThat(after(Simulator.acceptThenDrop())).isEqualTo(Problem.OUTCOME_UNKNOWN);
    Optional<GeneratedPicture> found = provider().find(request(), submittedAt, job -> false);
    assertThat(found.isPresent()).isEqualTo(hasList());
    found.ifPresent(
        drawing -> {
          assertThat(drawing.picture().content()).isEqualTo(simulator.picture());
          assertThat(drawing.requestId()).isEqualTo(simulator.requestId());
          assertThat(drawing.jobId()).isNotBlank();
        });
    assertThat(submissions()).isEqualTo(1);
    assertThat(simulator.complaints()).isEmpty();
  }

  @Test
  void a_missing_answer_leaves_the_outcome_unknown() {
    readMillis = SHORT_MILLIS;
    assertThat(after(simulator.acceptThenHang())).isEqualTo(Problem.OUTCOME_UNKNOWN);
  }

  @Test
  void a_truncated_answer_leaves_the_outcome_unknown() {
    readMillis = SHORT_MILLIS;
    assertThat(after(simulator.slowly(3_000))).isEqualTo(Problem.OUTCOME_UNKNOWN);
  }

  @Test
  void an_endless_answer_is_not_read() {
    byte[] head = "{\"x\":\"".getBytes(StandardCharsets.UTF_8);
    assertThat(after(Simulator.huge("application/json", head, 64 << 20)))
        .isEqualTo(Problem.OUTCOME_UNKNOWN);
  }

  @Test
  void a_redirection_is_not_followed_with_the_key() {
    assertThat(
            after(
                Simulator.instead(
                    Answer.json(307, "{}").with("Location", simulator.url() + "/elsewhere"))))
        .isEqualTo(Problem.MISCONFIGURED);
    assertThat(simulator.received(sent -> sent.uri().getPath().equals("/elsewhere"))).isEmpty();
  }

  @Test
  void an_unreachable_provider_has_accepted_nothing() {
    ImageProvider provider = provider();
    simulator.close();
    assertThat(problemOf(provider, request()).problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void the_key_is_not_shown_even_if_the_provider_repeats_it() {
    simulator.next(
        simulator::isSubmission,
        Simulator.instead(
            Answer.json(
                400,
                "{\"code\":\"x\",\"message\":\"%1$s\",\"error\":{\"message\":\"%1$s\"}}"
                    .formatted("your key " + PictureSimulator.KEY + " is odd"))));
    assertThat(problem()).hasMessageContaining("your key *** is odd");
  }

  @Test
  void a_wrong_key_is_a_problem_for_operators() {
    ImageProvider provider = provider(settings(Map.of(keySetting(), "sk-wrong-0123456789")));
    assertThat(problemOf(provider, request()))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.UNAUTHORISED))
        .hasMessageNotContaining("sk-wrong");
  }

  @Test
  void it_costs_and_needs_a_key() {
    ImageProvider provider = provider();
    provider.check();
    assertThat(provider.costs()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(provider(settings(Map.of(keySetting(), "")))::check)
        .withMessage(
            keySetting() + " is not set, but maquette.provider.image names " + provider.name());
  }
}
