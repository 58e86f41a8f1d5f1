package io.maquette.studio;

import io.maquette.studio.Meaning.Colour;
import io.maquette.studio.Meaning.Count;
import io.maquette.studio.Meaning.MadeOf;
import io.maquette.studio.Meaning.Manner;
import io.maquette.studio.Meaning.Nothing;
import io.maquette.studio.Meaning.Relation;
import io.maquette.studio.Meaning.Shape;
import io.maquette.studio.Meaning.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parsed prompt for the studio.
 *
 * @param subjects subjects to draw, at most {@link #MAX_SUBJECTS}; empty if no word is known
 * @param colours colours without a subject
 * @param material material of the whole picture; null if the sentence names none
 * @param style requested style; null if the sentence names none
 * @param form requested form of the model; null if the sentence names none
 * @param hasUnknown whether the sentence has words that the studio does not know
 */
record ParsedPrompt(
    List<Subject> subjects,
    List<Integer> colours,
    Material material,
    Style style,
    Sculpting.Form form,
    boolean hasUnknown) {

  /** Maximum number of subjects; more would be too small to see. */
  static final int MAX_SUBJECTS = 5;

  /** Position of a subject relative to the subject before it, or to the one it belongs to. */
  enum Place {
    BESIDE,
    WORN,
    HELD,
    /** Other subjects stand or sit on it. */
    BELOW,
    /** It is in the sky: behind the others, at the top. */
    ABOVE
  }

  /**
   * Subject to draw.
   *
   * @param views its drawings, the best first
   * @param colours colours named for it
   * @param count number of copies
   */
  record Subject(List<Pictogram> views, List<Integer> colours, Place place, int count) {

    String name() {
      return views.get(0).name();
    }
  }

  private static final Set<String> WORN =
      Set.of(
          "top-hat",
          "womans-hat",
          "billed-cap",
          "crown",
          "graduation-cap",
          "military-helmet",
          "rescue-workers-helmet",
          "ribbon",
          "glasses",
          "sunglasses",
          "goggles",
          "scarf");

  private static final Set<String> IN_THE_SKY =
      Set.of(
          "sun",
          "sun-with-face",
          "crescent-moon",
          "full-moon",
          "star",
          "glowing-star",
          "cloud",
          "rainbow",
          "shooting-star");

  /** Parses a sentence. */
  static ParsedPrompt of(String sentence) {
    Reading reading = new Reading();
    new Dictionary(sentence).meanings().forEach(reading::take);
    return reading.wish();
  }

  /** Parser state. */
  private static final class Reading {
    private final List<Subject> sure = new ArrayList<>();
    private final List<Subject> vague = new ArrayList<>();
    private List<Integer> colours = new ArrayList<>();
    private Relation relation;
    private int count = 1;
    private Material material;
    private Style style;
    private Sculpting.Form form;
    private boolean hasUnknown;
    private boolean isAboutUnknown;

    void take(Meaning meaning) {
      if (meaning instanceof Colour colour) {
        colours.add(colour.rgb());
      } else if (meaning instanceof MadeOf madeOf) {
        material = madeOf.material();
      } else if (meaning instanceof Manner manner) {
        style = manner.style();
      } else if (meaning instanceof Shape shape) {
        form = shape.form();
      } else if (meaning instanceof Count wanted) {
        count = wanted.number();
      } else if (meaning instanceof Relation found) {
        relation = found;
      } else if (meaning instanceof Thing thing) {
        take(thing);
      } else if (meaning == Nothing.UNKNOWN) {
        hasUnknown = true;
        isAboutUnknown |= !colours.isEmpty();
      } else if (meaning == Nothing.END_OF_CLAUSE) {
        endClause();
      }
    }

    /** Ends a clause; colours of an unknown thing must not pass to a known one. */
    private void endClause() {
      if (isAboutUnknown) {
        colours.clear();
        isAboutUnknown = false;
      }
    }

    private void take(Thing thing) {
      Subject subject = new Subject(thing.views(), colours, place(thing), count);
      if (!thing.sure()) {
        vague.add(subject);
        isAboutUnknown |= !colours.isEmpty();
        return;
      }
      boolean told = sure.stream().anyMatch(earlier -> earlier.name().equals(subject.name()));
      if (!told) {
        sure.add(subject);
      }
      colours = new ArrayList<>();
      isAboutUnknown = false;
      relation = null;
      count = 1;
    }

    private Place place(Thing thing) {
      String name = thing.views().get(0).name();
      if (WORN.contains(name)) {
        return Place.WORN;
      }
      if (relation != null) {
        return relation == Relation.UPON ? Place.BELOW : Place.HELD;
      }
      return IN_THE_SKY.contains(name) ? Place.ABOVE : Place.BESIDE;
    }

    ParsedPrompt wish() {
      endClause();
      List<Subject> subjects = sure.isEmpty() ? vague.stream().limit(1).toList() : sure;
      List<Subject> fitting = new ArrayList<>();
      int room = MAX_SUBJECTS;
      for (Subject subject : subjects) {
        if (room > 0) {
          int count = Math.min(subject.count(), room);
          fitting.add(new Subject(subject.views(), subject.colours(), subject.place(), count));
          room -= count;
        }
      }
      return new ParsedPrompt(
          List.copyOf(fitting), List.copyOf(colours), material, style, form, hasUnknown);
    }
  }
}
