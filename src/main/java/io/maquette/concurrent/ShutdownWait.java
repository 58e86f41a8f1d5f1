package io.maquette.concurrent;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Wait for running work when the application stops. */
public final class ShutdownWait {

  private static final Duration CHECK = Duration.ofMillis(20);

  private ShutdownWait() {}

  /**
   * Waits until the work has ended.
   *
   * @param time maximum wait
   * @param isEnded returns whether the work has ended
   * @return whether the work has ended
   */
  public static boolean within(Duration time, BooleanSupplier isEnded) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (!isEnded.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(CHECK.toMillis());
    }
    return true;
  }
}
