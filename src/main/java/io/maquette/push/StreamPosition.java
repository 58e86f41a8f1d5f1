package io.maquette.push;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Position of a reader in the log: a number, and the gaps below it that may still be filled.
 *
 * @param number highest number read; not negative
 * @param gaps lower numbers that had not appeared by then; at most {@link #MAX_GAPS}, the highest
 */
public record StreamPosition(long number, NavigableSet<Long> gaps) {

  /** Maximum number of open gaps; older ones are given up first. */
  static final int MAX_GAPS = 300;

  private static final int MAX_LENGTH = 4_000;
  private static final Pattern TEXT =
      Pattern.compile("\\d{1,18}(\\.\\d{1,18}){0," + MAX_GAPS + "}");

  public StreamPosition {
    if (number < 0 || (!gaps.isEmpty() && (gaps.first() < 1 || gaps.last() >= number))) {
      throw new IllegalArgumentException("gaps lie below the number: " + number + " " + gaps);
    }
    TreeSet<Long> kept = new TreeSet<>(gaps);
    while (kept.size() > MAX_GAPS) {
      kept.pollFirst();
    }
    gaps = Collections.unmodifiableNavigableSet(kept);
  }

  /**
   * Parses the text that {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the text is not a position
   */
  public static StreamPosition decode(String text) {
    if (text.length() > MAX_LENGTH || !TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("not a position");
    }
    String[] parts = text.split("\\.", -1);
    long number = Long.parseLong(parts[0]);
    TreeSet<Long> gaps = new TreeSet<>();
    for (int i = 1; i < parts.length; i++) {
      gaps.add(number - Long.parseLong(parts[i]));
    }
    return new StreamPosition(number, gaps);
  }

  /**
   * Returns the position as text without spaces: the number, and the distance of each gap below it.
   */
  public String encode() {
    return gaps.isEmpty()
        ? Long.toString(number)
        : number
            + gaps.descendingSet().stream()
                .map(gap -> "." + (number - gap))
                .collect(Collectors.joining());
  }

  /** Returns whether the row with this number has been read. */
  boolean covers(long row) {
    return row <= number && !gaps.contains(row);
  }

  /**
   * Returns the position after one more row.
   *
   * @param open the numbers that may still appear
   */
  StreamPosition past(long row, SortedSet<Long> open) {
    TreeSet<Long> left = new TreeSet<>(gaps);
    if (row > number) {
      left.addAll(open.subSet(number + 1, row));
    }
    left.retainAll(open);
    left.remove(row);
    return new StreamPosition(Math.max(number, row), left);
  }
}
