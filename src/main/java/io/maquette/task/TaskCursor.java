package io.maquette.task;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** Cursor of a task listing: the position after the last task of a page. */
public record TaskCursor(Instant createdAt, UUID id) {

  private static final int MAX_LENGTH = 200;

  static TaskCursor after(Task task) {
    return new TaskCursor(task.createdAt(), task.id());
  }

  /** Returns the cursor as opaque text, which clients send back for the next page. */
  public String encode() {
    String text = ChronoUnit.MICROS.between(Instant.EPOCH, createdAt) + "/" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor that a client sent back.
   *
   * @throws IllegalArgumentException if {@link #encode} did not produce it
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
    if (!cursor.encode().equals(encoded)) { // decoding accepts more forms than encoding produces
      throw new IllegalArgumentException("not a cursor");
    }
    return cursor;
  }
}
