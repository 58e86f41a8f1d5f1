package io.maquette.studio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives a drawing other colours: what is most of it has a named one, light and shade stay. */
final class Tint {

  private static final Pattern COLOUR = Pattern.compile("#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\\b");

  /** Darker than this is outline, eyes and openings: they stay. */
  private static final double INK = 0.16;

  /** Less saturated than this is grey. */
  private static final double GREY = 0.16;

  /** Hues so near are of one family: the fur, and its shade. */
  private static final double FAMILY = 0.11;

  private Tint() {}

  /** A drawing made of one material. */
  static String of(String svg, Material material) {
    return replaced(svg, material::tone);
  }

  /** A drawing in named colours, the first for the most of it, a second for what is next. */
  static String of(String svg, List<Integer> colours) {
    return replaced(svg, of(areas(svg), colours));
  }

  /** Colours of families that have another one now. */
  private record Changed(int leading, int target) {}

  /**
   * What becomes of each colour when the most of a picture has a named one, and what is next a
   * second.
   *
   * @param area how much there is of each colour, whatever the unit
   */
  static IntUnaryOperator of(Map<Integer, Integer> area, List<Integer> colours) {
    List<Changed> changed = new ArrayList<>();
    Map<Integer, Integer> left = new HashMap<>(area);
    for (int target : colours.subList(0, Math.min(2, colours.size()))) {
      int leading = leading(left);
      if (leading >= 0) {
        left.keySet().removeIf(rgb -> isOfFamily(rgb, leading));
        changed.add(new Changed(leading, target));
      }
    }
    return rgb ->
        changed.stream()
            .filter(family -> isOfFamily(rgb, family.leading()))
            .findFirst()
            .map(family -> moved(rgb, family.leading(), family.target()))
            .orElse(rgb);
  }

  /** How many pixels of a small picture each colour has. */
  private static Map<Integer, Integer> areas(String svg) {
    Map<Integer, Integer> area = new HashMap<>();
    Matcher matcher = COLOUR.matcher(svg);
    while (matcher.find()) {
      area.put(rgb(matcher.group(1)), 1); // those that are too small to be seen, too
    }
    for (int pixel : Raster.sketch(svg).argb()) {
      if (pixel >>> 24 == 255) {
        area.computeIfPresent(pixel & 0xFFFFFF, (rgb, count) -> count + 1);
      }
    }
    return area;
  }

  /** The colour whose family is the largest; -1 if there is none but ink. */
  private static int leading(Map<Integer, Integer> area) {
    int leading = -1;
    long most = 0;
    for (int candidate : area.keySet()) {
      if (Tone.lightness(candidate) < INK) {
        continue;
      }
      long size = 0;
      for (Map.Entry<Integer, Integer> other : area.entrySet()) {
        if (isOfFamily(other.getKey(), candidate)) {
          size += other.getValue();
        }
      }
      size = 1000 * size + area.get(candidate); // of a family, the one there is most of
      if (size > most) {
        most = size;
        leading = candidate;
      }
    }
    return leading;
  }

  private static boolean isOfFamily(int rgb, int leading) {
    if (Tone.lightness(rgb) < INK) {
      return rgb == leading;
    }
    float[] one = Tone.hsb(rgb);
    float[] other = Tone.hsb(leading);
    boolean grey = one[1] < GREY;
    return grey == (other[1] < GREY) && (grey || Tone.hueDistance(one[0], other[0]) < FAMILY);
  }

  /** A colour as far from the target as it was from its family's leading one. */
  private static int moved(int rgb, int leading, int target) {
    float[] from = Tone.hsb(leading);
    float[] is = Tone.hsb(rgb);
    float[] to = Tone.hsb(target);
    double saturation = to[1] * (from[1] < GREY ? 1 : 0.4 + 0.6 * is[1] / from[1]);
    double brightness = to[2] + 0.9 * (is[2] - from[2]);
    return Tone.ofHsb(to[0], saturation, Math.max(0.12, brightness));
  }

  private static String replaced(String svg, IntUnaryOperator colour) {
    return COLOUR
        .matcher(svg)
        .replaceAll(
            match -> String.format("#%06x", colour.applyAsInt(rgb(match.group(1))) & 0xFFFFFF));
  }

  private static int rgb(String digits) {
    int value = Integer.parseInt(digits, 16);
    return digits.length() == 6
        ? value
        : ((value >> 8) * 0x11) << 16 | (((value >> 4) & 15) * 0x11) << 8 | (value & 15) * 0x11;
  }
}
