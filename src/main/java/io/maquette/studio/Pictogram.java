package io.maquette.studio;

import java.util.List;

/**
 * Drawing of one thing.
 *
 * @param name its name in the icon set, for instance {@code cat-face}
 * @param group Unicode's: 0 smileys, 1 people, 3 animals and plants, 4 food, 5 places and vehicles,
 *     6 activities, 7 objects
 * @param emoji the character that it depicts
 * @param english English search words, the label first
 * @param chinese the same in Chinese
 * @param svg SVG content in a view box of {@link #SIDE} x {@link #SIDE}
 */
record Pictogram(
    String name, int group, String emoji, List<String> english, List<String> chinese, String svg) {

  static final int SIDE = 32;

  /**
   * Returns whether all search words count. Smileys and people are found by name only, because
   * their other words are moods and manners.
   */
  boolean isThing() {
    return group >= 3;
  }
}
