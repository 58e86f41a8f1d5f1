package io.maquette.mesh.colour;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Table of distinct colours. Colours are exact if there are at most {@link #MAX}, and rounded to
 * {@link #BITS} bits per channel otherwise.
 */
public final class ColourTable {

  /** Maximum number of colours in a table. */
  public static final int MAX = 1 << 15;

  /** Bits per channel that are kept if there would be more colours. */
  private static final int BITS = 5;

  private ColourTable() {}

  /**
   * Replaces each colour by its index in a table.
   *
   * @param colours 0xRRGGBB each; receives the indices
   * @return the table, 1 to {@link #MAX} colours in the order of their first use; empty if there is
   *     no colour
   */
  public static int[] number(int[] colours) {
    boolean isExact = isWithinMaximum(colours);
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] table = new int[64];
    for (int i = 0; i < colours.length; i++) {
      int colour = isExact ? colours[i] : rounded(colours[i]);
      Integer number = numbers.putIfAbsent(colour, numbers.size());
      if (number == null) {
        number = numbers.size() - 1;
        table = number < table.length ? table : Arrays.copyOf(table, 2 * table.length);
        table[number] = colour;
      }
      colours[i] = number;
    }
    return Arrays.copyOf(table, numbers.size());
  }

  private static boolean isWithinMaximum(int[] colours) {
    Set<Integer> distinct = new HashSet<>();
    int last = -1;
    for (int colour : colours) {
      if (colour != last) {
        distinct.add(colour);
        last = colour;
        if (distinct.size() > MAX) {
          return false;
        }
      }
    }
    return true;
  }

  private static int rounded(int colour) {
    int rounded = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int value = (colour >> shift) & 255;
      int kept = value >> (8 - BITS);
      rounded |= (kept << (8 - BITS) | kept >> (2 * BITS - 8)) << shift;
    }
    return rounded;
  }
}
