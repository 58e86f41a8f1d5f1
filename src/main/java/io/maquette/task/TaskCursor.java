package io.maquette.task;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** The place in a listing behind its last task: the next page begins below it. */
public record TaskCursor(Instant createdAt, UUID id) {

  private static final int MAX_LENGTH = 200;

  static TaskCursor behind(Task task) {
    return new TaskCursor(task.createdAt(), task.id());
  }

  /** The cursor in the opaque form clients hand back. */
  public String encode() {
    String text = ChronoUnit.MICROS.between(Instant.EPOCH, createdAt) + "/" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor a client handed back.
   *
   * @throws IllegalArgumentException if it is not one of ours
   */
  public static TaskCursor decode(String encoded) {
    if (encoded.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("not a cursor");
    }
    String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.US_ASCII);
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a cursor");
    }
    long micros = Long.parseLong(text.substring(0, slash));
    if (micros < 0 || micros > 253_402_300_799_999_999L) {
      throw new IllegalArgumentException("not a cursor");
    }
    TaskCursor cursor =
        new TaskCursor(
            Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
            UUID.fromString(text.substring(slash + 1)));
    if (!cursor.encode().equals(encoded)) { // reading takes more than we ever hand out
      throw new IllegalArgumentException("not a cursor");
    }
    return cursor;
  }
}
