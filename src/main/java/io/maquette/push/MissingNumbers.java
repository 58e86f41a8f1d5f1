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
 * Numbers below the last one read that have not appeared: their transactions are still open, or
 * were rolled back, which nobody tells. After a time much longer than any transaction of ours they
 * are given up. Not safe for use by several threads.
 */
public final class MissingNumbers {

  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final NavigableMap<Long, Instant> open = new TreeMap<>();
  private long last;

  MissingNumbers(long last) {
    this.last = last;
  }

  /**
   * Goes on from what {@link #encode} wrote.
   *
   * @param last the highest number read then
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

  /** The gaps with the seconds at which they were missed first; at most 10,000 characters. */
  public String encode() {
    return open.entrySet().stream()
        .map(gap -> gap.getKey() + ":" + gap.getValue().getEpochSecond())
        .collect(Collectors.joining(","));
  }

  /** The highest number read. */
  public long last() {
    return last;
  }

  /** Takes note of a row that was read. */
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

  /** Gives up what has been missing for too long. */
  public void giveUpOld(Instant now) {
    Instant tooOld = now.minus(PATIENCE);
    for (Iterator<Instant> since = open.values().iterator(); since.hasNext(); ) {
      if (since.next().isBefore(tooOld)) {
        since.remove();
      }
    }
  }

  /** The numbers that may still appear. */
  public NavigableSet<Long> open() {
    return new TreeSet<>(open.keySet());
  }

  StreamPosition position() {
    return new StreamPosition(last, open());
  }
}
