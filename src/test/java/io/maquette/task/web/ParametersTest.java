package io.maquette.task.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maquette.http.PageLimit;
import io.maquette.http.Problem;
import io.maquette.http.ProblemException;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskFilter;
import io.maquette.task.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  private static final UUID ID = UUID.fromString("93922150-1534-422b-a0d7-051ef0fd3d75");

  @Test
  void an_id_is_accepted_in_its_canonical_form() {
    assertThat(Parameters.id(ID.toString())).isEqualTo(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1-1-1-1-1",
        "93922150-1534-422B-A0D7-051EF0FD3D75",
        "93922150-1534-422b-a0d7-051ef0fd3d75 ",
        "93922150-1534-422b-a0d7-051ef0fd3d7",
        "939221501534422ba0d7051ef0fd3d75",
        "../../etc/passwd",
        "９3922150-1534-422b-a0d7-051ef0fd3d75",
      })
  void a_text_that_is_no_id_is_not_found(String text) {
    assertThat(refusal(() -> Parameters.id(text)).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void a_limit_is_a_whole_number_up_to_a_hundred() {
    assertThat(PageLimit.of(null)).isEqualTo(20);
    assertThat(PageLimit.of("1")).isEqualTo(1);
    assertThat(PageLimit.of("100")).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "101", "-1", "+1", "1.0", "1e1", "0x1", " 1", "１", "99999999999"})
  void any_other_limit_is_refused(String text) {
    assertRefused("limit", () -> PageLimit.of(text));
  }

  @Test
  void a_cursor_is_read_as_it_was_written() {
    TaskCursor cursor = new TaskCursor(Instant.parse("2026-11-23T21:52:33.312376Z"), ID);
    assertThat(Parameters.cursor(cursor.encode())).isEqualTo(cursor);
    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
    assertThat(Parameters.cursor(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "1",
        "1/" + "1-1-1-1-1",
        "1/93922150-1534-422B-A0D7-051EF0FD3D75",
        "-1/93922150-1534-422b-a0d7-051ef0fd3d75",
        "+1/93922150-1534-422b-a0d7-051ef0fd3d75",
        "01/93922150-1534-422b-a0d7-051ef0fd3d75",
        "9223372036854775807/93922150-1534-422b-a0d7-051ef0fd3d75",
        "1/93922150-1534-422b-a0d7-051ef0fd3d75/",
        "1/'; drop table task; --",
      })
  void a_forged_cursor_is_refused(String text) {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    assertRefused("cursor", () -> Parameters.cursor(encoded));
    assertRefused("cursor", () -> Parameters.cursor(text));
  }

  @Test
  void a_padded_or_too_long_cursor_is_refused() {
    String encoded = new TaskCursor(Instant.EPOCH, ID).encode();
    assertRefused("cursor", () -> Parameters.cursor(encoded + "=="));
    assertRefused("cursor", () -> Parameters.cursor(encoded.repeat(5)));
  }

  @Test
  void a_history_cursor_is_a_number() {
    assertThat(Parameters.after(null)).isZero();
    assertThat(Parameters.after("17")).isEqualTo(17);
    for (String text : List.of("", "-1", "x", "1".repeat(19))) {
      assertRefused("cursor", () -> Parameters.after(text));
    }
  }

  @Test
  void statuses_may_be_repeated_or_listed() {
    TaskFilter filter =
        Parameters.filter(List.of("FAILED, CANCELLED", "FAILED", "IMAGE_PENDING"), " Cat ");
    assertThat(filter.statuses())
        .containsExactlyInAnyOrder(
            TaskStatus.FAILED, TaskStatus.CANCELLED, TaskStatus.IMAGE_PENDING);
    assertThat(filter.text()).isEqualTo("Cat");
    assertThat(Parameters.filter(List.of(), null))
        .isEqualTo(new TaskFilter(java.util.Set.of(), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "failed", "DONE", "FAILED,", ",", "PENDING"})
  void an_unknown_status_is_refused(String status) {
    assertRefused("status", () -> Parameters.filter(List.of(status), null));
  }

  @Test
  void a_search_text_has_one_to_a_hundred_characters() {
    String longest = "🐱".repeat(100);
    assertThat(Parameters.filter(List.of(), longest).text()).isEqualTo(longest);
    for (String text : List.of("", " ", longest + "x", "a\0b", "a\nb", "a\u0085b")) {
      assertRefused("q", () -> Parameters.filter(List.of(), text));
    }
  }

  @Test
  void an_idempotency_key_is_visible_ascii() {
    assertThat(Parameters.idempotencyKey(null)).isNull();
    assertThat(Parameters.idempotencyKey("k".repeat(255))).hasSize(255);
    for (String key : List.of("", "k".repeat(256), "a b", "é", "a\tb", "键")) {
      assertRefused("Idempotency-Key", () -> Parameters.idempotencyKey(key));
    }
  }

  @Test
  void a_picture_index_is_one_of_twelve() {
    assertThat(Parameters.imageIndex("3")).isEqualTo(3);
    assertThat(Parameters.imageIndex("11")).isEqualTo(11);
    for (String index : List.of("", "12", "111", "-1", "00", "1.0", "٣", "../0")) {
      assertThat(refusal(() -> Parameters.imageIndex(index)).code()).isEqualTo("NOT_FOUND");
    }
  }

  private static void assertRefused(String field, ThrowingCallable call) {
    Problem problem = refusal(call);
    assertThat(problem.code()).isEqualTo("VALIDATION_ERROR");
    assertThat((List<?>) problem.details())
        .singleElement()
        .extracting(detail -> ((Problem.FieldProblem) detail).field())
        .isEqualTo(field);
  }

  private static Problem refusal(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call).problem();
  }
}
