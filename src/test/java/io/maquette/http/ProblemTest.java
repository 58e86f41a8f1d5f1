package io.maquette.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.persistence.DatabaseTrouble;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

  private static final Messages ENGLISH = Messages.accepting("en");

  @ParameterizedTest
  @CsvSource({
    "400, VALIDATION_ERROR",
    "401, UNAUTHENTICATED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "405, METHOD_NOT_ALLOWED",
    "406, NOT_ACCEPTABLE",
    "408, VALIDATION_ERROR",
    "413, PAYLOAD_TOO_LARGE",
    "415, UNSUPPORTED_MEDIA_TYPE",
    "431, VALIDATION_ERROR",
    "500, UNKNOWN_ERROR",
    "503, UNAVAILABLE",
    "504, UNKNOWN_ERROR",
  })
  void a_refusal_of_the_server_keeps_its_status(int status, ProblemCode code) {
    Problem problem = Problem.ofStatus(status, ENGLISH);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.code()).isEqualTo(code.name());
    assertThat(problem.success()).isFalse();
    assertThat(problem.error()).isNotBlank().isEqualTo(problem.detail());
  }

  @Test
  void a_refusal_without_a_field_names_the_request() {
    assertThat(Problem.ofStatus(400, ENGLISH).details())
        .isEqualTo(List.of(new Problem.FieldProblem("request", "is malformed")));
  }

  @Test
  void an_internal_error_shows_only_an_id() {
    Problem problem = Problem.ofFault("42", 500, ENGLISH);
    assertThat(problem.error()).contains("42");
    assertThat(problem.instance()).isEqualTo("urn:uuid:42");
    assertThat(problem.details()).isEqualTo(new Problem.Reference("42"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "57P01", "57P03"})
  void a_missing_database_is_reported(String state) {
    SQLException away = new SQLException("x", state);
    assertThat(DatabaseTrouble.isBehind(new IllegalStateException(new RuntimeException(away))))
        .isTrue();
    assertThat(DatabaseTrouble.isBehind(new SQLNonTransientConnectionException())).isTrue();
  }

  @Test
  void a_refused_statement_is_an_internal_error() {
    for (String state : new String[] {"23505", "42601", "57014", null}) {
      assertThat(DatabaseTrouble.isBehind(new RuntimeException(new SQLException("x", state))))
          .isFalse();
    }
  }
}
