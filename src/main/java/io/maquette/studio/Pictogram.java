package io.maquette.studio;

import java.util.List;

/**
 * A drawing of one thing.
 *
 * @param name what it is called in its set, for instance {@code cat-face}
 * @param group Unicode's: 0 smileys, 1 people, 3 animals and plants, 4 food, 5 places and vehicles,
 *     6 activities, 7 objects
 * @param emoji the character it is the drawing of
 * @param english what it is found by: its label first
 * @param chinese the same in Chinese
 * @param svg what is in it, in a view box of {@link #SIDE} x {@link #SIDE}
 */
record Pictogram(
    String name, int group, String emoji, List<String> english, List<String> chinese, String svg) {

  static final int SIDE = 32;

  /** Smileys and people are asked for by name only: their other words are moods and manners. */
  boolean isThing() {
    return group >= 3;
  }
}
