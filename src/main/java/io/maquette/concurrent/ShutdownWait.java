package io.maquette.concurrent;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what is being done to end, when the application stops. */
public final class ShutdownWait {

  private static final Duration CHECK = Duration.ofMillis(20);

  private ShutdownWait() {}

  /**
   * Waits until there is stillness.
   *
   * @param time for so long at most
   * @return whether there is
   */
  public static boolean within(Duration time, BooleanSupplier isStill) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (!isStill.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(CHECK.toMillis());
    }
    return true;
  }
}
