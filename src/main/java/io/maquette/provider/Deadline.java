package io.maquette.provider;

import java.time.Duration;

/** A moment by which a call and all that belongs to it should have ended; no clock can move it. */
public final class Deadline {

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /** So long from now. */
  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** How long there is still; zero or negative once it has passed. */
  public Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }
}
