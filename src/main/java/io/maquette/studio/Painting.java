package io.maquette.studio;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;

/** Rendering of a drawing in one of the four styles, on a plain background. */
final class Painting {

  static final int SIDE = 1024;

  /** Candidates for the background; the candidate that resembles the fewest pixels is used. */
  private static final int[] BACKGROUNDS = {0xF6F5F2, 0xDCE6F1, 0xF4E2D0, 0xDDEBDB, 0xA9BCCB};

  /** Distance in RGB below which colours look alike. */
  private static final int ALIKE = 42;

  /** Sampling step in pixels for that comparison. */
  private static final int LOOK = 4;

  private static final int INK = 0x4A3B2A;
  private static final int IVORY = 0xE6DBC6;
  private static final int WARMTH = 0xE9D2BC;

  /** Pixels between the corners of facets. */
  private static final int FACET = 58;

  /** Random variation of the light between facets in one plane. */
  private static final float GRAIN = 0.13f;

  /** Width in cells of the dark crease along the edge of a field. */
  private static final float CREASE = 7;

  /** Half the width of an engraved line, in cells. */
  private static final float LINE = 2.1f;

  private static final int TIMES = SIDE / Depth.SIDE;

  private final Raster picture;
  private final Depth depth;
  private final float[] light;
  private float[] facets;
  private final BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
  private final int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();

  private Painting(Raster picture) {
    this.picture = picture;
    depth = new Depth(picture);
    light = depth.light();
  }

  /** Renders a drawing with a view box of 32 x 32. */
  static BufferedImage of(String svg, Style style, long seed) {
    return of(Raster.of(svg, SIDE), style, seed);
  }

  /**
   * Renders a raster.
   *
   * @param picture {@link #SIDE} pixels across
   */
  static BufferedImage of(Raster picture, Style style, long seed) {
    return new Painting(picture).painted(style, new SplittableRandom(seed));
  }

  private BufferedImage painted(Style style, SplittableRandom random) {
    if (style == Style.LOW_POLY) {
      facets = facets(random);
    }
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      if (cover(pixel) > 0) {
        pixels[pixel] = colour(style, pixel / SIDE, pixel % SIDE);
      }
    }
    int background = background();
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      pixels[pixel] = Tone.mix(background, pixels[pixel], cover(pixel) / 255.0);
    }
    return image;
  }

  private int cover(int pixel) {
    return picture.argb()[pixel] >>> 24;
  }

  /** Returns the background that the fewest pixels resemble. */
  private int background() {
    int best = 0;
    int fewest = Integer.MAX_VALUE;
    for (int candidate : BACKGROUNDS) {
      int alike = 0;
      for (int pixel = 0; pixel < pixels.length; pixel += LOOK) {
        alike += cover(pixel) > 0 && Tone.distance(pixels[pixel], candidate) < ALIKE ? 1 : 0;
      }
      if (alike < fewest) {
        fewest = alike;
        best = candidate;
      }
    }
    return best;
  }

  private int colour(Style style, int row, int column) {
    int base = picture.argb()[row * SIDE + column] & 0xFFFFFF;
    float lit = Depth.smooth(light, row, column, TIMES);
    return switch (style) {
      case CLAY -> clay(base, lit, row, column);
      case RELIEF -> relief(base, lit, row, column);
      case LOW_POLY -> Tone.shade(base, 0.4 + 0.78 * facets[row * SIDE + column]);
      case FLAT -> Tone.shade(base, lit < 0.52 ? 0.86 : lit > 0.93 ? 1.1 : 1);
    };
  }

  private int clay(int base, float lit, int row, int column) {
    float edge = depth.toEdge((column + 0.5f) / TIMES - 0.5f, (row + 0.5f) / TIMES - 0.5f);
    double dark = 0.22 * Math.max(0, 1 - edge / CREASE);
    double gloss = 0.5 * Math.pow(lit, 14);
    return Tone.shade(Tone.mix(base, WARMTH, 0.16), 0.36 + 0.72 * lit - dark + 0.3 * gloss);
  }

  private int relief(int base, float lit, int row, int column) {
    float edge = depth.toEdge((column + 0.5f) / TIMES - 0.5f, (row + 0.5f) / TIMES - 0.5f);
    double line = Math.max(0, Math.min(1, LINE + 0.5 - edge));
    double stone = 0.5 + 0.6 * lit - 0.2 * (1 - Tone.lightness(base));
    return Tone.mix(Tone.shade(IVORY, stone), INK, 0.72 * line);
  }

  /**
   * Returns the light on each pixel of a faceted body. Facets are triangles between grid points,
   * which move to the edge of a field if it is near.
   */
  private float[] facets(SplittableRandom random) {
    int count = SIDE / FACET + 2;
    int[][] x = new int[count][count];
    int[][] y = new int[count][count];
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        int shift = row % 2 == 0 ? 0 : FACET / 2;
        x[row][column] = column * FACET - shift + random.nextInt(FACET / 3) - FACET / 6;
        y[row][column] = row * FACET + random.nextInt(FACET / 3) - FACET / 6;
        drawToEdge(x[row], y[row], column);
      }
    }
    float[] lit = new float[SIDE * SIDE];
    for (int row = 0; row + 1 < count; row++) {
      int shifted = row % 2; // odd rows are offset
      for (int column = 0; column < count; column++) {
        int right = Math.min(count - 1, column + 1);
        int left = Math.max(0, column - shifted);
        facet(
            lit,
            new int[] {x[row][column], x[row][right], x[row + 1][Math.max(0, right - shifted)]},
            new int[] {y[row][column], y[row][right], y[row + 1][Math.max(0, right - shifted)]},
            random);
        facet(
            lit,
            new int[] {x[row + 1][left], x[row + 1][Math.min(count - 1, left + 1)], x[row][column]},
            new int[] {y[row + 1][left], y[row + 1][Math.min(count - 1, left + 1)], y[row][column]},
            random);
      }
    }
    return lit;
  }

  /** Moves a point to the nearest edge of a field within half a facet, if there is one. */
  private void drawToEdge(int[] x, int[] y, int at) {
    int best = Integer.MAX_VALUE;
    int bestX = x[at];
    int bestY = y[at];
    int reach = FACET * 2 / 5;
    for (int py = Math.max(2, y[at] - reach); py <= Math.min(SIDE - 3, y[at] + reach); py += 2) {
      for (int px = Math.max(2, x[at] - reach); px <= Math.min(SIDE - 3, x[at] + reach); px += 2) {
        int distance = (px - x[at]) * (px - x[at]) + (py - y[at]) * (py - y[at]);
        if (distance < best
            && picture.covers(py * SIDE + px)
            && depth.toEdge(px / (float) TIMES, py / (float) TIMES) < 0.6f) {
          best = distance;
          bestX = px;
          bestY = py;
        }
      }
    }
    x[at] = bestX;
    y[at] = bestY;
  }

  /** Shades the pixels of one triangle. */
  private void facet(float[] lit, int[] xs, int[] ys, SplittableRandom random) {
    float ux = xs[1] - xs[0];
    float uy = ys[1] - ys[0];
    float vx = xs[2] - xs[0];
    float vy = ys[2] - ys[0];
    float area = ux * vy - uy * vx;
    float grain = GRAIN * (random.nextFloat() - 0.5f);
    if (Math.abs(area) < 1) {
      return;
    }
    float[] z = new float[3];
    for (int corner = 0; corner < 3; corner++) {
      z[corner] = TIMES * depth.at(xs[corner] / (float) TIMES, ys[corner] / (float) TIMES);
    }
    float toRight = ((z[1] - z[0]) * vy - (z[2] - z[0]) * uy) / area;
    float down = (ux * (z[2] - z[0]) - vx * (z[1] - z[0])) / area;
    float light = Depth.light(toRight, down) + grain;
    int top = Math.max(0, Math.min(ys[0], Math.min(ys[1], ys[2])));
    int bottom = Math.min(SIDE - 1, Math.max(ys[0], Math.max(ys[1], ys[2])));
    int left = Math.max(0, Math.min(xs[0], Math.min(xs[1], xs[2])));
    int right = Math.min(SIDE - 1, Math.max(xs[0], Math.max(xs[1], xs[2])));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        float b = ((column - xs[0]) * vy - (row - ys[0]) * vx) / area;
        float c = (ux * (row - ys[0]) - uy * (column - xs[0])) / area;
        if (b >= 0 && c >= 0 && b + c <= 1) {
          lit[row * SIDE + column] = light;
        }
      }
    }
  }
}
