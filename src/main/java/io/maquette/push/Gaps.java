package io.maquette.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Numbers below the last one read that have not appeared: their transactions are still open, or
 * were rolled back, which nobody tells. After a time much longer than any transaction of ours they
 * are given up. Not safe for use by several threads.
 */
final class Gaps {

  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final NavigableMap<Long, Instant> open = new TreeMap<>();
  private long last;

  Gaps(long last) {
    this.last = last;
  }

  long last() {
    return last;
  }

  /** Takes note of a row that was read. */
  void seen(long row, Instant now) {
    if (row <= last) {
      open.remove(row);
      return;
    }
    for (long missing = Math.max(last + 1, row - Position.MAX_GAPS); missing < row; missing++) {
      open.put(missing, now);
    }
    while (open.size() > Position.MAX_GAPS) {
      open.pollFirstEntry();
    }
    last = row;
  }

  /** Gives up what has been missing for too long. */
  void giveUpOld(Instant now) {
    Instant tooOld = now.minus(PATIENCE);
    for (Iterator<Instant> since = open.values().iterator(); since.hasNext(); ) {
      if (since.next().isBefore(tooOld)) {
        since.remove();
      }
    }
  }

  /** The numbers that may still appear. */
  NavigableSet<Long> open() {
    return new TreeSet<>(open.keySet());
  }

  Position position() {
    return new Position(last, open());
  }
}
