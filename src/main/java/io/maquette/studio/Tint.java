package io.maquette.studio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recolouring of a drawing: its most common colour becomes a named one, with light and shade
 * preserved.
 */
final class Tint {

  private static final Pattern COLOUR = Pattern.compile("#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\\b");

  /** Lightness below which a colour is ink (outline, eyes, openings), which is preserved. */
  private static final double INK = 0.16;

  /** Saturation below which a colour is grey. */
  private static final double GREY = 0.16;

  /** Maximum distance of hues in one family, e.g. fur and its shade. */
  private static final double FAMILY = 0.11;

  private Tint() {}

  /** Recolours a drawing with the tones of one material. */
  static String of(String svg, Material material) {
    return replaced(svg, material::tone);
  }

  /**
   * Recolours a drawing: the first colour replaces the most common one, a second replaces the next.
   */
  static String of(String svg, List<Integer> colours) {
    return replaced(svg, of(areas(svg), colours));
  }

  /** Replacement of a family of colours. */
  private record Changed(int leading, int target) {}

  /**
   * Returns the replacement of each colour, if named colours replace the most common one and the
   * next.
   *
   * @param area frequency of each colour, in any unit
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

  /** Counts the pixels of each colour in a small rendering. */
  private static Map<Integer, Integer> areas(String svg) {
    Map<Integer, Integer> area = new HashMap<>();
    Matcher matcher = COLOUR.matcher(svg);
    while (matcher.find()) {
      area.put(rgb(matcher.group(1)), 1); // includes colours that are too small to be visible
    }
    for (int pixel : Raster.sketch(svg).argb()) {
      if (pixel >>> 24 == 255) {
        area.computeIfPresent(pixel & 0xFFFFFF, (rgb, count) -> count + 1);
      }
    }
    return area;
  }

  /** Returns the colour whose family is the largest; -1 if there is only ink. */
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
      size = 1000 * size + area.get(candidate); // of a family, the most frequent colour
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

  /**
   * Returns a colour with the same distance from the target as the old colour had from its family's
   * leading colour.
   */
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
