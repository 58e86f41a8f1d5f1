package io.maquette.provider.local;

import java.awt.Color;

/**
 * A figure seen from the front: for each pixel how far it stands out, what colour it has and how
 * much of the pixel it covers. Pixels are numbered row by row from the top left.
 */
final class Canvas {

  private static final double MARGIN = 1.08;

  final int size;
  final float[] height;
  final float[] cover;
  final int[] colour;

  Canvas(Figure figure, int size) {
    this.size = size;
    height = new float[size * size];
    cover = new float[size * size];
    colour = new int[size * size];
    figure.parts().forEach(this::add);
  }

  private void add(Figure.Part part) {
    double scale = size / 2.0 * MARGIN;
    double middle = size / 2.0;
    int left = clamp(middle + (part.x() - part.reach()) * scale - 2);
    int right = clamp(middle + (part.x() + part.reach()) * scale + 2);
    int top = clamp(middle - (part.y() + part.reach()) * scale - 2);
    int bottom = clamp(middle - (part.y() - part.reach()) * scale + 2);
    double edge = Math.min(part.width(), part.height()) * scale;
    int rgb = part.colour().getRGB();
    for (int row = top; row <= bottom; row++) {
      double y = (middle - row - 0.5) / scale;
      for (int column = left; column <= right; column++) {
        double t = part.at((column + 0.5 - middle) / scale, y);
        double covered = (1 - t) * edge + 0.5;
        if (covered > 0) {
          paint(row * size + column, part, t, Math.min(1, covered), rgb);
        }
      }
    }
  }

  private void paint(int pixel, Figure.Part part, double t, double covered, int rgb) {
    float standsOut = (float) (part.depth() * Math.sqrt(Math.max(0, 1 - t * t)));
    if (standsOut > height[pixel] || cover[pixel] == 0) {
      colour[pixel] = cover[pixel] > 0 ? mix(colour[pixel], rgb, covered) : rgb;
      height[pixel] = Math.max(height[pixel], standsOut);
    }
    cover[pixel] = (float) Math.max(cover[pixel], covered);
  }

  private int clamp(double pixel) {
    return (int) Math.max(0, Math.min(size - 1, pixel));
  }

  /** One colour over another. */
  static int mix(int below, int above, double share) {
    int red = (int) Math.round(((below >> 16) & 255) * (1 - share) + ((above >> 16) & 255) * share);
    int green = (int) Math.round(((below >> 8) & 255) * (1 - share) + ((above >> 8) & 255) * share);
    int blue = (int) Math.round((below & 255) * (1 - share) + (above & 255) * share);
    return red << 16 | green << 8 | blue;
  }

  /** A colour made darker (below 1) or lighter (above 1). */
  static int shade(int rgb, double factor) {
    return factor <= 1
        ? mix(0, rgb, Math.max(0, factor))
        : mix(rgb, Color.WHITE.getRGB(), Math.min(1, factor - 1));
  }

  /** How much light from the upper left falls on a pixel, about 0.2 to 1.2. */
  double light(int row, int column) {
    int left = Math.max(0, column - 2);
    int right = Math.min(size - 1, column + 2);
    int above = Math.max(0, row - 2);
    int below = Math.min(size - 1, row + 2);
    double unit = size / 2.0 * MARGIN;
    double dx = (height[row * size + right] - height[row * size + left]) * unit / (right - left);
    double dy =
        (height[below * size + column] - height[above * size + column]) * unit / (below - above);
    double length = Math.sqrt(dx * dx + dy * dy + 1);
    return 0.42 + 0.72 * Math.max(0, (0.42 * dx + 0.52 * dy + 0.74) / length);
  }
}
