package io.maquette.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeadersTest {

  private static final int LENGTH = 100_000;

  private static ProxyHeaders forwarded(String value) {
    return new ProxyHeaders(
        name -> name.equals(ProxyHeaders.FORWARDED) ? List.of(value) : List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\\\\", "\\\"", "x\\\\", ",", " "})
  void a_long_quoted_value_of_forwarded_is_read(String part) {
    String quoted = "host=\"" + part.repeat(LENGTH) + "\"";
    assertThat(forwarded(quoted + ";for=a").forwarded("for")).containsExactly("a");
    assertThat(forwarded(quoted).forwarded("host").get(0)).hasSizeGreaterThanOrEqualTo(LENGTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\\\\", "\\\"", " ", "for=a;", "for=,"})
  void a_long_forwarded_that_breaks_off_says_nothing(String part) {
    ProxyHeaders headers = forwarded("host=\"" + part.repeat(LENGTH));
    assertThat(headers.forwarded("host")).isEmpty();
    assertThat(headers.hasUnclearForwarded()).isTrue();
  }

  @Test
  void quotes_and_escapes_of_forwarded_are_removed() {
    assertThat(forwarded("For=\"[::1]:9\" , for=\"a\\\"b\\\\\";for=c").forwarded("for"))
        .containsExactly("[::1]:9", "a\"b\\", "c");
  }
}
