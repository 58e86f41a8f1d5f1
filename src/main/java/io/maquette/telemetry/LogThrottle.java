package io.maquette.telemetry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Rate limit for log lines that clients or failures of other servers can provoke: one line per
 * minute and cause. The next line of the same cause says how many were left out.
 */
public final class LogThrottle {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** Bounds the memory, because some causes are messages of failures. */
  private static final int MAX_CAUSES = 200;

  private record Last(long nanos, long leftOut) {}

  private final LongSupplier nanoTime;
  private final Map<String, Last> lasts = new LinkedHashMap<>();

  public LogThrottle() {
    this(System::nanoTime);
  }

  LogThrottle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Asks whether a line may be written now, and counts it if not.
   *
   * @param cause what lines of the same kind have in common. Beyond 200 causes, the one logged
   *     longest ago is forgotten, and may log a line early
   * @return the number of lines left out since the last one of this cause; empty if this line must
   *     be left out, too
   */
  public synchronized OptionalLong permit(String cause) {
    long now = nanoTime.getAsLong();
    Last last = lasts.get(cause);
    if (last != null && now - last.nanos < PAUSE.toNanos()) {
      lasts.put(cause, new Last(last.nanos, last.leftOut + 1));
      return OptionalLong.empty();
    }
    if (last == null && lasts.size() >= MAX_CAUSES) {
      lasts.remove(lasts.keySet().iterator().next());
    }
    lasts.remove(cause); // makes it the newest entry
    lasts.put(cause, new Last(now, 0));
    return OptionalLong.of(last == null ? 0 : last.leftOut);
  }

  /**
   * Logs a line unless the limit is reached; a line beyond the limit is logged at FINE.
   *
   * @param cause what lines of the same kind have in common
   * @param words supplies the line
   */
  public void log(Logger log, Level level, String cause, Supplier<String> words) {
    OptionalLong leftOut = permit(cause);
    if (leftOut.isPresent()) {
      log.log(level, () -> words.get() + suffix(leftOut.getAsLong()));
    } else {
      log.log(Level.FINE, words);
    }
  }

  /**
   * Returns the end of a line, which states how many lines of the same cause were left out before
   * it.
   */
  public static String suffix(long leftOut) {
    return leftOut == 0 ? "" : " (" + leftOut + " similar ones since the last line)";
  }
}
