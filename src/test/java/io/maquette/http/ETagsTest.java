package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagsTest {

  private static final String TAG = ETags.of("abc");

  @ParameterizedTest
  @ValueSource(strings = {"\"abc\"", "*", " \"x\" , \"abc\" ", "W/\"abc\"", "\"abc\",\"abc\""})
  void a_known_entity_tag_matches(String header) {
    assertThat(ETags.isKnown(header, TAG)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "abc", "\"ab\"", "\"ABC\"", "\"abcd\"", "W/abc", "w/\"abc\""})
  void other_entity_tags_do_not_match(String header) {
    assertThat(ETags.isKnown(header, TAG)).isFalse();
  }

  @Test
  void no_header_is_no_condition() {
    assertThat(ETags.isKnown(null, TAG)).isFalse();
  }
}
