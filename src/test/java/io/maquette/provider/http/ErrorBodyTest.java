package io.maquette.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test that a provider's message is found at every known place. */
class ErrorBodyTest {

  private static ErrorBody body(String text) {
    return ErrorBody.of(new ErrorAnswer(400, text, null, null));
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of("{\"error\":\"no model\"}", "no model"),
        Arguments.of("{\"error\":{\"message\":\"no model\",\"code\":1}}", "no model"),
        Arguments.of("{\"error\":{\"code\":1},\"msg\":\"no model\"}", "no model"),
        Arguments.of("{\"error\":[\"no model\"]}", "no model"),
        Arguments.of("{\"detail\":\"no model\"}", "no model"),
        Arguments.of("{\"detail\":{\"error\":\"no model\"}}", "no model"),
        Arguments.of(
            "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"size\"],\"msg\":\"Field"
                + " required\",\"input\":{\"prompt\":\"secret\"}}]}",
            "body.size: Field required"),
        Arguments.of(
            "{\"detail\":[{\"loc\":[\"body\",0],\"msg\":\"a\"},{\"loc\":[],\"msg\":\"b\"}]}",
            "body.0: a; b"),
        Arguments.of("{\"code\":7,\"message\":\"no model\"}", "no model"),
        Arguments.of("{\"code\":7,\"message\":\"\",\"msg\":\"no model\"}", "no model"),
        Arguments.of("{\"msg\":\"no model\"}", "no model"),
        Arguments.of("{\"errors\":[\"a\",\"b\",\"c\",\"d\"]}", "a; b; c"),
        Arguments.of("{\"errors\":[{\"message\":\"a\"},{\"detail\":\"b\"},7]}", "a; b"),
        Arguments.of("{\"title\":\"Bad Request\",\"detail\":\"no model\"}", "no model"),
        Arguments.of("{\"title\":\"Bad Request\"}", "Bad Request"),
        Arguments.of("{\"Response\":{\"Error\":{\"Code\":\"X\",\"Message\":\"no\"}}}", "no"),
        Arguments.of("{\"base_resp\":{\"status_code\":1,\"status_msg\":\"no\"}}", "no"),
        Arguments.of("\"Invalid token\"", "Invalid token"),
        Arguments.of("[{\"error\":\"no model\"}]", "no model"),
        Arguments.of(
            "<html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>",
            "502 Bad Gateway"),
        Arguments.of("<!DOCTYPE html><h1>Not <b>here</b></h1>", "Not here"),
        Arguments.of("<html><style>a{}</style><p>Not here", "Not here"),
        Arguments.of("upstream connect error\n", "upstream connect error"),
        Arguments.of("\uFEFF{\"error\":\"no model\"}", "no model"));
  }

  @ParameterizedTest
  @MethodSource("words")
  void error_messages_are_found_in_every_place(String text, String expected) {
    assertThat(body(text).words()).isEqualTo(expected);
    assertThat(body(text).text("message")).isEqualTo(expected);
    assertThat(body(text).object("error").text("message")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{}", "[]", "null", "7", "{\"data\":null,\"code\":7}", "\"\""})
  void an_error_body_without_text_has_no_message(String text) {
    assertThat(body(text).words()).isNull();
    assertThat(body(text).text("message")).isNull();
  }

  @Test
  void the_documented_field_comes_first() {
    ErrorBody body = body("{\"error\":{\"message\":\"a\",\"code\":\"b\"},\"message\":\"c\"}");
    assertThat(body.object("error").text("message")).isEqualTo("a");
    assertThat(body.object("error").text("code")).isEqualTo("b");
    assertThat(body.text("message")).isEqualTo("c");
  }

  @Test
  void a_truncated_or_deeply_nested_body_is_read() {
    String whole = "{\"error\":{\"message\":\"no model\",\"x\":[1,{\"a\":[]}]},\"y\":{}}";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int length = 0; length <= whole.length(); length++) {
            body(whole.substring(0, length)).words();
          }
          assertThat(body("{\"error\":" + "[".repeat(50_000)).words()).hasSize(500);
        });
  }

  @Test
  void error_messages_are_bounded() {
    assertThat(body("{\"error\":\"" + "x".repeat(100_000) + "\"}").words()).hasSize(500);
  }
}
