package io.maquette.studio;

import java.util.List;

/** What a word can mean to the studio. */
sealed interface Meaning {

  /**
   * Something that can be drawn.
   *
   * @param views its drawings, the best first
   * @param sure whether the word is its name, not only one that goes with it
   */
  record Thing(List<Pictogram> views, boolean sure) implements Meaning {}

  /** A colour, 0xRRGGBB. */
  record Colour(int rgb) implements Meaning {}

  /** What the whole is made of. */
  record MadeOf(Material material) implements Meaning {}

  /** One of the four styles. */
  record Manner(Style style) implements Meaning {}

  /** How many there are of what follows. */
  record Count(int number) implements Meaning {}

  /** How what follows stands to what it is told of. */
  enum Relation implements Meaning {
    UPON,
    HOLDING
  }

  /** What is behind all that can be seen, in words that ask for a change. */
  enum Ground implements Meaning {
    BACKGROUND,
    /** It, or whatever else is told of, shall go. */
    GONE
  }

  /** Nothing that can be drawn. */
  enum Nothing implements Meaning {
    /** A word that is of no use to a draughtsman. */
    NOTHING,
    /** A word that is not known. */
    UNKNOWN,
    END_OF_CLAUSE
  }
}
