package io.maquette.provider.local;

import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * A small creature on a stand, put together from rounded parts that follow from its sentence: the
 * same words always give the same one.
 */
final class Figure {

  /**
   * One rounded part.
   *
   * @param x centre, -1 to 1
   * @param y centre, -1 (bottom) to 1
   * @param width half its width
   * @param height half its height
   * @param depth how far it stands out
   * @param boxy whether it has rounded corners rather than being round
   * @param turn angle in radians, counter-clockwise
   */
  record Part(
      double x,
      double y,
      double width,
      double height,
      double depth,
      boolean boxy,
      double turn,
      Color colour) {

    /** 0 in the middle, 1 on the outline, more outside. */
    double at(double px, double py) {
      double cos = Math.cos(turn);
      double sin = Math.sin(turn);
      double dx = ((px - x) * cos + (py - y) * sin) / width;
      double dy = ((py - y) * cos - (px - x) * sin) / height;
      double xx = dx * dx;
      double yy = dy * dy;
      return boxy ? Math.sqrt(Math.sqrt(xx * xx + yy * yy)) : Math.sqrt(xx + yy);
    }

    double reach() {
      return Math.hypot(width, height);
    }
  }

  private static final Color EYE = new Color(0x2B2B33);

  private final List<Part> parts = new ArrayList<>();

  private Figure() {}

  /** The figure of a sentence. */
  static Figure of(String sentence) {
    CRC32 seed = new CRC32();
    seed.update(sentence.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(seed.getValue() * 0x9E3779B97F4A7C15L);
    Palette palette = Palette.of(sentence, random);
    Figure figure = new Figure();
    figure.build(random, palette);
    return figure;
  }

  private void build(SplittableRandom random, Palette palette) {
    double bodyWidth = between(random, 0.30, 0.44);
    double bodyHeight = between(random, 0.30, 0.42);
    double headWidth = between(random, 0.24, 0.36);
    double headHeight = headWidth * between(random, 0.8, 1.05);
    double headY = -0.30 + bodyHeight + headHeight * 0.74; // it sits in the body a little
    Color body = palette.body();
    Color accent = palette.accent();

    boolean stand = random.nextInt(3) > 0;
    if (stand) {
      add(0, -0.76, 0.52, 0.09, 0.30, true, 0, accent);
    }
    tail(random, accent);
    limbs(random, bodyWidth, bodyHeight, body, accent);
    add(0, -0.30, bodyWidth, bodyHeight, 0.34, random.nextInt(4) == 0, 0, body);
    add(0, -0.34, bodyWidth * 0.62, bodyHeight * 0.62, 0.36, false, 0, lighter(body));
    crown(random, headWidth, headHeight, headY, body, accent);
    add(0, headY, headWidth, headHeight, 0.36, random.nextInt(3) == 0, 0, body);
    double eye = headWidth * between(random, 0.11, 0.16);
    double apart = headWidth * between(random, 0.34, 0.48);
    pair(apart, headY + headHeight * 0.12, eye, eye * 1.2, 0.42, 0, EYE);
    add(0, headY - headHeight * 0.3, headWidth * 0.26, headHeight * 0.16, 0.45, false, 0, accent);
  }

  private void tail(SplittableRandom random, Color colour) {
    int kind = random.nextInt(4);
    if (kind == 0) {
      return;
    }
    double side = random.nextBoolean() ? 1 : -1;
    for (int bead = 0; bead < 3 + kind; bead++) {
      double along = bead / 5.0;
      add(
          side * (0.34 + 0.28 * Math.sin(along * 2)),
          -0.52 + 0.55 * along,
          0.11 - 0.012 * bead,
          0.11 - 0.012 * bead,
          0.16,
          false,
          0,
          colour);
    }
  }

  private void limbs(
      SplittableRandom random, double width, double height, Color body, Color accent) {
    double spread = width * between(random, 0.5, 0.75);
    pair(spread, -0.30 - height * 0.85, 0.15, 0.12, 0.32, 0, accent);
    if (random.nextInt(4) > 0) {
      double lift = between(random, -0.7, 0.8);
      pair(width * 1.02, -0.22 + 0.1 * lift, 0.09, 0.24, 0.24, -lift, body);
    }
    if (random.nextInt(4) == 0) {
      pair(width * 1.1, -0.08, 0.30, 0.13, 0.12, 0.6, accent); // wings
    }
  }

  private void crown(
      SplittableRandom random, double width, double height, double y, Color body, Color accent) {
    double top = y + height * 0.8;
    switch (random.nextInt(6)) {
      case 0 -> pair(width * 0.72, top, 0.13, 0.13, 0.24, 0, accent); // round ears
      case 1 -> pair(width * 0.62, top + 0.02, 0.09, 0.19, 0.22, -0.45, body); // pointed ears
      case 2 -> pair(width * 0.42, top + 0.14, 0.075, 0.26, 0.22, -0.12, body); // long ears
      case 3 -> pair(width * 0.95, y + 0.02, 0.12, 0.22, 0.2, 0.35, accent); // hanging ears
      case 4 -> {
        for (int spike = -2; spike <= 2; spike++) { // a crest
          add(
              spike * width * 0.36,
              top + 0.05 - 0.04 * Math.abs(spike),
              0.07,
              0.13,
              0.2,
              false,
              0,
              accent);
        }
      }
      default -> {
        add(0, top + 0.08, 0.03, 0.14, 0.14, false, 0, accent); // an antenna
        add(0, top + 0.24, 0.085, 0.085, 0.2, false, 0, accent);
      }
    }
  }

  private void pair(
      double x, double y, double width, double height, double depth, double turn, Color colour) {
    add(x, y, width, height, depth, false, turn, colour);
    add(-x, y, width, height, depth, false, -turn, colour);
  }

  private void add(
      double x,
      double y,
      double width,
      double height,
      double depth,
      boolean boxy,
      double turn,
      Color colour) {
    parts.add(new Part(x, y, width, height, depth, boxy, turn, colour));
  }

  private static double between(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static Color lighter(Color colour) {
    return new Color(
        (colour.getRed() + 255) / 2, (colour.getGreen() + 245) / 2, (colour.getBlue() + 230) / 2);
  }

  List<Part> parts() {
    return parts;
  }
}
