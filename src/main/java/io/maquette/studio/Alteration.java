package io.maquette.studio;

import io.maquette.studio.Meaning.Colour;
import io.maquette.studio.Meaning.Ground;
import io.maquette.studio.Meaning.MadeOf;
import io.maquette.studio.Meaning.Manner;
import io.maquette.studio.Meaning.Nothing;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody's words ask the studio to change in a picture.
 *
 * @param colours for the most of it, and for what is next
 * @param material what it shall be made of; null if nothing is said of that
 * @param style which it shall be in; null if nothing is said of that
 * @param background its new colour; null if it stays
 * @param cutOut whether the background shall go
 */
record Alteration(
    List<Integer> colours, Material material, Style style, Integer background, boolean cutOut) {

  /** Each part of a sentence asks for something of its own. */
  private static final String PARTS = "(?i)[,.;，。；、\\n]|\\band\\b|\\bthen\\b|并且|并|然后|同时|和|再";

  /** Reads an instruction. */
  static Alteration of(String instruction) {
    Reading reading = new Reading();
    for (String part : instruction.split(PARTS, -1)) {
      reading.take(new Dictionary(part).meanings());
    }
    return reading.alteration();
  }

  /** Whether no word of it was understood. */
  boolean isNothing() {
    return colours.isEmpty() && material == null && style == null && background == null && !cutOut;
  }

  /** What has been read so far. */
  private static final class Reading {
    private final List<Integer> colours = new ArrayList<>();
    private Material material;
    private Style style;
    private Integer background;
    private boolean cutOut;

    void take(List<Meaning> part) {
      for (Meaning meaning : part) {
        if (meaning instanceof MadeOf madeOf) {
          material = madeOf.material();
        } else if (meaning instanceof Manner manner) {
          style = manner.style();
        }
      }
      List<Meaning> told = part.stream().filter(meaning -> !(meaning instanceof Nothing)).toList();
      List<Integer> named = colours(told);
      int ground = told.indexOf(Ground.BACKGROUND);
      if (ground >= 0) {
        takeGround(told, named, ground);
      } else if (!named.isEmpty()) {
        colours.add(last(named)); // of "from red to blue" it is blue
      }
    }

    /** The last colour is the background's; one that is told of it before is what it was. */
    private void takeGround(List<Meaning> told, List<Integer> named, int ground) {
      if (named.isEmpty()) {
        cutOut |= told.contains(Ground.GONE);
        return;
      }
      background = last(named);
      List<Integer> before = colours(told.subList(0, ground));
      boolean isOfGround = ground > 0 && told.get(ground - 1) instanceof Colour;
      int others = before.size() - (isOfGround ? 1 : 0);
      if (others > 0) {
        colours.add(before.get(others - 1));
      }
    }

    private static List<Integer> colours(List<Meaning> told) {
      return told.stream()
          .filter(Colour.class::isInstance)
          .map(meaning -> ((Colour) meaning).rgb())
          .toList();
    }

    private static int last(List<Integer> named) {
      return named.get(named.size() - 1);
    }

    Alteration alteration() {
      return new Alteration(List.copyOf(colours), material, style, background, cutOut);
    }
  }
}
