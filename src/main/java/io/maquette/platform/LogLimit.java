package io.maquette.platform;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Rate limit for log lines: one line per cause and minute, with the number of lines left out since.
 * What is left out is logged at FINE.
 */
public final class LogLimit {

  private static final long PERIOD = Duration.ofMinutes(1).toNanos();

  /** So many causes are remembered; a cause that was forgotten gets a line early. */
  private static final int MOST_CAUSES = 200;

  private record Last(long at, int leftOut) {}

  private final LongSupplier nanoTime;
  private final Map<String, Last> lines =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
          return size() > MOST_CAUSES;
        }
      };

  /** A limit that goes by this machine's monotonic clock. */
  public LogLimit() {
    this(System::nanoTime);
  }

  LogLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Logs a line unless the same cause had one within the last minute.
   *
   * @param cause what lines of the same kind have in common
   * @param words the line
   */
  public void log(Logger log, Level level, String cause, Supplier<String> words) {
    int leftOut = leftOut(cause);
    if (leftOut < 0) {
      log.log(Level.FINE, words);
    } else if (leftOut == 0) {
      log.log(level, words);
    } else {
      log.log(level, () -> words.get() + " (and " + leftOut + " more of this kind)");
    }
  }

  /** How many lines were left out before this one; negative if this one is to be left out, too. */
  private synchronized int leftOut(String cause) {
    long now = nanoTime.getAsLong();
    Last last = lines.get(cause);
    if (last != null && now - last.at() < PERIOD) {
      lines.put(cause, new Last(last.at(), last.leftOut() + 1));
      return -1;
    }
    lines.remove(cause); // so that it is the newest
    lines.put(cause, new Last(now, 0));
    return last == null ? 0 : last.leftOut();
  }
}
