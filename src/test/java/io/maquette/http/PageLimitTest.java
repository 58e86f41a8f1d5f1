package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageLimitTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "20, 20", "100, 100", "007, 7"})
  void one_to_a_hundred_items_are_a_page(String text, int limit) {
    assertThat(PageLimit.of(text)).isEqualTo(limit);
  }

  @Test
  void twenty_is_the_default() {
    assertThat(PageLimit.of(null)).isEqualTo(20);
  }

  /** A limit is not reduced: the client would take the page for the last one. */
  @ParameterizedTest
  @ValueSource(strings = {"200", "101", "0", "-1", "", " 1", "1.5", "ten", "99999999999999"})
  void another_limit_is_refused_by_its_name(String text) {
    assertThatThrownBy(() -> PageLimit.of(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(400);
              assertThat(e.problem().details().toString()).contains("limit", "100");
            });
  }
}
