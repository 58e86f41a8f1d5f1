package io.maquette.studio;

import io.maquette.studio.Meaning.Colour;
import io.maquette.studio.Meaning.Ground;
import io.maquette.studio.Meaning.MadeOf;
import io.maquette.studio.Meaning.Manner;
import io.maquette.studio.Meaning.Nothing;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes to a picture that a user's instruction requests.
 *
 * @param colours new colours of the most common colour and of the next ones
 * @param material new material; null if the instruction names none
 * @param style new style; null if the instruction names none
 * @param background new background colour; null to keep it
 * @param cutOut whether to remove the background
 */
record Alteration(
    List<Integer> colours, Material material, Style style, Integer background, boolean cutOut) {

  /** Separators of an instruction's parts, each of which requests one change. */
  private static final String PARTS = "(?i)[,.;，。；、\\n]|\\band\\b|\\bthen\\b|并且|并|然后|同时|和|再";

  /** Reads an instruction. */
  static Alteration of(String instruction) {
    Reading reading = new Reading();
    for (String part : instruction.split(PARTS, -1)) {
      reading.take(new Dictionary(part).meanings());
    }
    return reading.alteration();
  }

  /** Returns whether no word of the instruction was understood. */
  boolean isNothing() {
    return colours.isEmpty() && material == null && style == null && background == null && !cutOut;
  }

  /** Parser state. */
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
        colours.add(last(named)); // "from red to blue" means blue
      }
    }

    /**
     * Takes the last colour for the background. A colour directly before the word for the
     * background describes the old background.
     */
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
