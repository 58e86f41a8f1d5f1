package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("fault")
class StrictJsonTest {

  record Sample(String text, Integer number) {}

  static Stream<Arguments> good() {
    return Stream.of(
        Arguments.of("{}", new Sample(null, null)),
        Arguments.of("{\"text\":null,\"number\":null}", new Sample(null, null)),
        Arguments.of(" { \"text\" : \"a\" } \n", new Sample("a", null)),
        Arguments.of("{\"text\":\"\"}", new Sample("", null)),
        Arguments.of("{\"text\":\"<b>\\u0000\\u202e🐱\"}", new Sample("<b>\0\u202e🐱", null)),
        Arguments.of("{\"te\\u0078t\":\"a\"}", new Sample("a", null)),
        Arguments.of("{\"number\":0}", new Sample(null, 0)),
        Arguments.of("{\"number\":-1}", new Sample(null, -1)),
        Arguments.of("{\"number\":999999999}", new Sample(null, 999_999_999)));
  }

  @ParameterizedTest
  @MethodSource("good")
  void valid_fields_are_read(String json, Sample expected) {
    assertThat(read(json)).isEqualTo(expected);
  }

  record Flagged(Boolean flag) {}

  @Test
  void a_truth_value_is_true_or_false() {
    assertThat(StrictJson.read(bytes("{\"flag\":true}"), Flagged.class))
        .isEqualTo(new Flagged(true));
    assertThat(StrictJson.read(bytes("{\"flag\":false}"), Flagged.class))
        .isEqualTo(new Flagged(false));
    for (String wrong : List.of("0", "\"true\"", "[]")) {
      ProblemException refusal =
          catchThrowableOfType(
              ProblemException.class,
              () -> StrictJson.read(bytes("{\"flag\":" + wrong + "}"), Flagged.class));
      assertThat(refusal.problem().detail()).as(wrong).contains("flag");
    }
  }

  record Seeded(Long seed) {}

  @Test
  void a_long_number_is_read_up_to_fifteen_digits() {
    assertThat(StrictJson.read(bytes("{\"seed\":2147483647}"), Seeded.class))
        .isEqualTo(new Seeded(2_147_483_647L));
    for (String wrong : List.of("1234567890123456", "1.5", "\"1\"", "true")) {
      ProblemException refusal =
          catchThrowableOfType(
              ProblemException.class,
              () -> StrictJson.read(bytes("{\"seed\":" + wrong + "}"), Seeded.class));
      assertThat(refusal.problem().detail()).as(wrong).contains("seed");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of("", "body"),
        Arguments.of(" ", "body"),
        Arguments.of("null", "body"),
        Arguments.of("true", "body"),
        Arguments.of("5", "body"),
        Arguments.of("\"a\"", "body"),
        Arguments.of("[]", "body"),
        Arguments.of("{", "body"),
        Arguments.of("}", "body"),
        Arguments.of("{\"text\"}", "body"),
        Arguments.of("{\"text\":}", "body"),
        Arguments.of("{\"text\":\"a\"", "body"),
        Arguments.of("{\"text\":\"a\",}", "body"),
        Arguments.of("{\"text\":\"a\"}}", "body"),
        Arguments.of("{\"text\":\"a\"}{}", "body"),
        Arguments.of("{\"text\":\"a\"} x", "body"),
        Arguments.of("{text:\"a\"}", "body"),
        Arguments.of("{'text':'a'}", "body"),
        Arguments.of("{\"text\":\"a\nb\"}", "body"),
        Arguments.of("{\"text\":\"\\x\"}", "body"),
        Arguments.of("{\"number\":01}", "body"),
        Arguments.of("{\"number\":NaN}", "body"),
        Arguments.of("{\"number\":+1}", "body"),
        Arguments.of("\ufeff{}", "body"),
        Arguments.of("<a/>", "body"),
        Arguments.of("[".repeat(60_000), "body"),
        Arguments.of("{\"a\":".repeat(12_000), "body"),
        Arguments.of("{\"text\":" + "[".repeat(50_000), "body"),
        Arguments.of("{\"text\":" + "[".repeat(40) + "]".repeat(40) + "}", "body"),
        Arguments.of("{\"text\":5}", "text"),
        Arguments.of("{\"text\":true}", "text"),
        Arguments.of("{\"text\":[\"a\"]}", "text"),
        Arguments.of("{\"text\":{\"text\":\"a\"}}", "text"),
        Arguments.of("{\"number\":\"1\"}", "number"),
        Arguments.of("{\"number\":1.5}", "number"),
        Arguments.of("{\"number\":1.0}", "number"),
        Arguments.of("{\"number\":1e0}", "number"),
        Arguments.of("{\"number\":1e3}", "number"),
        Arguments.of("{\"number\":1e999999999}", "number"),
        Arguments.of("{\"number\":99999999999}", "number"),
        Arguments.of("{\"number\":" + "1".repeat(50_000) + "}", "number"),
        Arguments.of("{\"number\":false}", "number"),
        Arguments.of("{\"number\":[1]}", "number"),
        Arguments.of("{\"Text\":\"a\"}", "Text"),
        Arguments.of("{\"text\":\"a\",\"status\":\"FAILED\"}", "status"),
        Arguments.of("{\"text\":\"a\",\"text\":\"b\"}", "text"),
        Arguments.of("{\"text\":null,\"text\":null}", "text"),
        Arguments.of("{\"other\":1,\"other\":2}", "other"),
        Arguments.of("{\"\":1}", ""));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void an_invalid_field_is_refused_by_its_name(String json, String field) {
    assertThat(refused(json.getBytes(StandardCharsets.UTF_8)))
        .extracting(Problem.FieldProblem::field)
        .containsExactly(field);
  }

  @Test
  void a_body_that_is_cut_off_anywhere_is_refused() {
    String whole = "{\"text\":\"a\",\"number\":12}";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int length = 0; length < whole.length(); length++) {
            assertThat(refused(whole.substring(0, length).getBytes(StandardCharsets.UTF_8)))
                .extracting(Problem.FieldProblem::field)
                .containsExactly("body");
          }
        });
  }

  @Test
  void every_invalid_field_is_named() {
    assertThat(refused("{\"a\":1,\"number\":\"x\",\"text\":2}".getBytes(StandardCharsets.UTF_8)))
        .extracting(Problem.FieldProblem::field)
        .containsExactly("a", "text", "number");
  }

  @Test
  void the_response_is_not_longer_than_the_request() {
    String many =
        IntStream.range(0, 5000)
            .mapToObj(i -> "\"f" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(refused(many.getBytes(StandardCharsets.UTF_8))).hasSize(10);
    String name = "🐱".repeat(10_000);
    assertThat(refused(("{\"" + name + "\":1}").getBytes(StandardCharsets.UTF_8)))
        .extracting(Problem.FieldProblem::field)
        .containsExactly("🐱".repeat(60) + "…");
  }

  @Test
  void a_body_that_is_not_utf8_is_refused() {
    for (byte[] body :
        List.of(
            new byte[] {'{', '"', (byte) 0xC3, 0x28, '"', '}'},
            new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'},
            "{}".getBytes(StandardCharsets.UTF_16))) {
      assertThat(refused(body)).extracting(Problem.FieldProblem::field).containsExactly("body");
    }
  }

  private static Sample read(String json) {
    return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), Sample.class);
  }

  private static List<Problem.FieldProblem> refused(byte[] body) {
    Problem problem =
        catchThrowableOfType(ProblemException.class, () -> StrictJson.read(body, Sample.class))
            .problem();
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.code()).isEqualTo("VALIDATION_ERROR");
    return ((List<?>) problem.details()).stream().map(Problem.FieldProblem.class::cast).toList();
  }
}
