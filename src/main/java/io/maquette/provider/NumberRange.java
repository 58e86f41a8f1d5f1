package io.maquette.provider;

/**
 * Range of numbers that an option accepts, both ends included.
 *
 * @param min smallest number
 * @param max largest number; at least {@code min}
 */
public record NumberRange(long min, long max) {
  public NumberRange {
    if (min > max) {
      throw new IllegalArgumentException("min " + min + " is above max " + max);
    }
  }

  /** Returns the range as words, such as {@code 0 to 9}. */
  String words() {
    return min + " to " + max;
  }

  /** Returns whether the range has the number. */
  public boolean contains(long number) {
    return number >= min && number <= max;
  }
}
