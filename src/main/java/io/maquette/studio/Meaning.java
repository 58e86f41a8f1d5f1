package io.maquette.studio;

import java.util.List;

/** Meaning of a word for the studio. */
sealed interface Meaning {

  /**
   * A thing that can be drawn.
   *
   * @param views its drawings, the best first
   * @param sure whether the word is its name, not only a related word
   */
  record Thing(List<Pictogram> views, boolean sure) implements Meaning {}

  /** A colour, 0xRRGGBB. */
  record Colour(int rgb) implements Meaning {}

  /** A material of the whole picture. */
  record MadeOf(Material material) implements Meaning {}

  /** One of the four styles. */
  record Manner(Style style) implements Meaning {}

  /** Form of the model, such as a keychain. */
  record Shape(Sculpting.Form form) implements Meaning {}

  /** Number of the things that follow. */
  record Count(int number) implements Meaning {}

  /** Relation of the following thing to the thing before it. */
  enum Relation implements Meaning {
    UPON,
    HOLDING
  }

  /** Words about the background in an instruction. */
  enum Ground implements Meaning {
    BACKGROUND,
    /** The background, or another named part, must be removed. */
    GONE
  }

  /** A word without a thing to draw. */
  enum Nothing implements Meaning {
    /** A known word that does not affect the drawing. */
    NOTHING,
    /** An unknown word. */
    UNKNOWN,
    END_OF_CLAUSE
  }
}
