package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test of values in request fields. */
class RequestFieldsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-9999-01-01T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "+294277-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "2026-02-30T00:00:00Z",
        "2026-01-01",
        "x",
        ""
      })
  void a_time_that_no_database_can_hold_is_refused_by_its_field(String text) {
    assertThatThrownBy(() -> RequestFields.time("from", text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().details().toString()).contains("from"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"})
  void the_years_1_to_9999_are_read(String text) {
    assertThat(RequestFields.time("from", text)).isEqualTo(Instant.parse(text));
  }
}
