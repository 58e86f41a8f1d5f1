package io.maquette.provider;

import java.time.Duration;

/** Deadline of a call and all that belongs to it; changes of the system clock do not affect it. */
public final class Deadline {

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /** Creates a deadline after this time. */
  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Returns the remaining time; zero or negative after the deadline. */
  public Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }
}
