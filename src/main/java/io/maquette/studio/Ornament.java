package io.maquette.studio;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Drawing for prompts without known words: a rosette of petals around a jewel. The sentence
 * determines its numbers, forms and colours.
 */
final class Ornament {

  private static final int CENTRE = Pictogram.SIDE / 2;
  private static final double DOT = 1.1;

  private final SplittableRandom random;
  private final StringBuilder svg = new StringBuilder();

  private Ornament(SplittableRandom random) {
    this.random = random;
  }

  /** Draws the ornament in a view box of 32 x 32. */
  static String of(SplittableRandom random, List<Integer> colours) {
    return new Ornament(random).drawn(colours);
  }

  private String drawn(List<Integer> colours) {
    double hue = random.nextDouble();
    double step = random.nextBoolean() ? 0.08 : 0.33;
    int petals = 5 + random.nextInt(6);
    double reach = 14.5;
    disc(reach * (0.62 + 0.12 * random.nextDouble()), colour(colours, hue, 0, 0.55));
    for (int ring = 0; ring < 3; ring++) {
      int fill = colour(colours, hue + step * ring, ring, 0.62 + 0.12 * ring);
      double turn = ring % 2 == 0 ? 0 : Math.PI / petals;
      double length = reach * (1 - 0.26 * ring);
      double width = (0.7 + 0.5 * random.nextDouble()) * Math.PI * length / petals * 0.62;
      ring(petals, turn, length, width, random.nextInt(3), fill);
      ring(petals, turn, length * 0.8, width * 0.5, 0, Tone.shade(fill, 1.28));
    }
    if (random.nextBoolean()) {
      dots(petals, reach * 0.86, Math.PI / petals, colour(colours, hue + 2 * step, 1, 0.9));
    }
    disc(reach * 0.26, colour(colours, hue, 0, 0.5));
    disc(reach * 0.17, colour(colours, hue + step, 1, 0.95));
    return svg.toString();
  }

  private static int colour(List<Integer> named, double hue, int number, double brightness) {
    if (named.isEmpty()) {
      return Tone.ofHsb(hue - Math.floor(hue), 0.58, brightness);
    }
    int base = named.get(number % named.size());
    return Tone.shade(base, 0.55 + 0.6 * brightness);
  }

  private void ring(int petals, double turn, double length, double width, int form, int fill) {
    double shoulder = length * (form == 0 ? 0.55 : form == 1 ? 0.85 : 0.35);
    double tip = form == 2 ? 0.25 * width : 0;
    for (int petal = 0; petal < petals; petal++) {
      double angle = turn + 2 * Math.PI * petal / petals;
      svg.append("<path d=\"M")
          .append(point(angle, 0, 0))
          .append('C')
          .append(point(angle, 0.2 * length, width))
          .append(point(angle, shoulder, width))
          .append(point(angle, length, tip))
          .append('C')
          .append(point(angle, shoulder, -width))
          .append(point(angle, 0.2 * length, -width))
          .append(point(angle, 0, 0))
          .append(String.format("Z\" fill=\"#%06x\"/>", fill));
    }
  }

  private void dots(int petals, double distance, double turn, int fill) {
    for (int dot = 0; dot < petals; dot++) {
      double angle = turn + 2 * Math.PI * dot / petals;
      disc(CENTRE + distance * Math.sin(angle), CENTRE - distance * Math.cos(angle), DOT, fill);
    }
  }

  private void disc(double radius, int fill) {
    disc(CENTRE, CENTRE, radius, fill);
  }

  private void disc(double x, double y, double radius, int fill) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.3f\" cy=\"%.3f\" r=\"%.3f\" fill=\"#%06x\"/>",
            x,
            y,
            radius,
            fill));
  }

  private static String point(double angle, double along, double aside) {
    return String.format(
        Locale.ROOT,
        "%.3f %.3f ",
        CENTRE + along * Math.sin(angle) + aside * Math.cos(angle),
        CENTRE - along * Math.cos(angle) + aside * Math.sin(angle));
  }
}
