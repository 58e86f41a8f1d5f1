package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCursorTest {

  @Test
  void a_decoded_cursor_equals_the_encoded_one() {
    TaskCursor cursor =
        new TaskCursor(Instant.parse("2026-11-23T21:52:33.312376Z"), UUID.randomUUID());
    assertThat(TaskCursor.decode(cursor.encode())).isEqualTo(cursor);
    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1/x",
        "x/1",
        "-1/00000000-0000-4000-8000-000000000000",
        "/",
        "1/",
        "9223372036854775807/00000000-0000-4000-8000-000000000000"
      })
  void other_texts_are_refused_as_cursors(String text) {
    String encoded =
        Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> TaskCursor.decode(encoded))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskCursor.decode("!" + text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
