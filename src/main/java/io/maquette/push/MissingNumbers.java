package io.maquette.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Gaps in the log: numbers below the last read one that have not appeared. Their transactions are
 * still open or were rolled back, and the database does not say which. After {@link #PATIENCE},
 * which is much longer than any of our transactions, a gap is given up. This class is not
 * thread-safe.
 */
public final class MissingNumbers {

  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final NavigableMap<Long, Instant> open = new TreeMap<>();
  private long last;

  MissingNumbers(long last) {
    this.last = last;
  }

  /**
   * Restores the state that {@link #encode} wrote.
   *
   * @param last highest number read at that time
   */
  public static MissingNumbers decode(long last, String text) {
    MissingNumbers gaps = new MissingNumbers(last);
    for (String gap : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int colon = gap.indexOf(':');
      gaps.open.put(
          Long.valueOf(gap.substring(0, colon)),
          Instant.ofEpochSecond(Long.parseLong(gap.substring(colon + 1))));
    }
    return gaps;
  }

  /**
   * Returns the gaps as text, with the second at which each was first missed; at most 10,000
   * characters.
   */
  public String encode() {
    return open.entrySet().stream()
        .map(gap -> gap.getKey() + ":" + gap.getValue().getEpochSecond())
        .collect(Collectors.joining(","));
  }

  /** Returns the highest number read. */
  public long last() {
    return last;
  }

  /** Records a row that was read. */
  public void seen(long row, Instant now) {
    if (row <= last) {
      open.remove(row);
      return;
    }
    for (long missing = Math.max(last + 1, row - StreamPosition.MAX_GAPS);
        missing < row;
        missing++) {
      open.put(missing, now);
    }
    while (open.size() > StreamPosition.MAX_GAPS) {
      open.pollFirstEntry();
    }
    last = row;
  }

  /** Removes gaps that are too old. */
  public void giveUpOld(Instant now) {
    Instant tooOld = now.minus(PATIENCE);
    for (Iterator<Instant> since = open.values().iterator(); since.hasNext(); ) {
      if (since.next().isBefore(tooOld)) {
        since.remove();
      }
    }
  }

  /** Returns the numbers that may still appear. */
  public NavigableSet<Long> open() {
    return new TreeSet<>(open.keySet());
  }

  StreamPosition position() {
    return new StreamPosition(last, open());
  }
}
