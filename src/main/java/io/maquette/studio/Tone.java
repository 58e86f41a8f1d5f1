package io.maquette.studio;

import java.awt.Color;

/** Colour arithmetic on 0xRRGGBB values. */
final class Tone {

  private Tone() {}

  /** Mixes one colour over another. */
  static int mix(int below, int above, double share) {
    int red = (int) Math.round(((below >> 16) & 255) * (1 - share) + ((above >> 16) & 255) * share);
    int green = (int) Math.round(((below >> 8) & 255) * (1 - share) + ((above >> 8) & 255) * share);
    int blue = (int) Math.round((below & 255) * (1 - share) + (above & 255) * share);
    return red << 16 | green << 8 | blue;
  }

  /** Makes a colour darker (factor below 1) or lighter (above 1). */
  static int shade(int rgb, double factor) {
    return factor <= 1
        ? mix(0, rgb, Math.max(0, factor))
        : mix(rgb, 0xFFFFFF, Math.min(1, factor - 1));
  }

  /** Returns the perceived lightness, from 0 (black) to 1 (white). */
  static double lightness(int rgb) {
    return (0.299 * ((rgb >> 16) & 255) + 0.587 * ((rgb >> 8) & 255) + 0.114 * (rgb & 255)) / 255;
  }

  /** Returns the distance of two colours in RGB. */
  static double distance(int one, int other) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int off = ((one >> shift) & 255) - ((other >> shift) & 255);
      sum += off * off;
    }
    return Math.sqrt(sum);
  }

  /** Returns hue, saturation and brightness, each 0 to 1. */
  static float[] hsb(int rgb) {
    return Color.RGBtoHSB((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255, null);
  }

  static int ofHsb(double hue, double saturation, double brightness) {
    return Color.HSBtoRGB(
            (float) hue,
            (float) Math.max(0, Math.min(1, saturation)),
            (float) Math.max(0, Math.min(1, brightness)))
        & 0xFFFFFF;
  }

  /** Returns the distance of two hues, 0 to 0.5. */
  static double hueDistance(double one, double other) {
    double distance = Math.abs(one - other) % 1;
    return Math.min(distance, 1 - distance);
  }
}
