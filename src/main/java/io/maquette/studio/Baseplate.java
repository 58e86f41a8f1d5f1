package io.maquette.studio;

import java.util.Arrays;

/**
 * Round plate under a figure, which makes it stand and joins it to one piece; an ellipse if the
 * feet are far apart.
 *
 * @param figure the figure on a grid that is large enough for both
 * @param shape the figure and the plate
 * @param shift number of columns added on the left of the figure's grid
 * @param middle column of the plate's middle
 * @param radius of the plate to the sides, in cells
 * @param deepest of the plate to the front, and to the back, in cells
 * @param firstRow the plate's first row; it extends to the last row
 */
record Baseplate(
    Foreground figure,
    Foreground shape,
    int shift,
    double middle,
    double radius,
    double deepest,
    int firstRow) {

  /** Fractions of the figure's longer side: half the plate's width and depth, and its thickness. */
  private static final double LEAST_RADIUS = 0.3;

  private static final double MOST_DEPTH = 0.34;
  private static final double THICKNESS = 0.055;

  /** Width of the plate relative to that of the feet. */
  private static final double RIM = 1.15;

  /** Fraction of the figure's height, at the bottom, that counts as feet. */
  private static final double FEET = 0.12;

  /** Puts a plate under the foreground of a picture. */
  static Baseplate under(Foreground subject) {
    int top = subject.height();
    int bottom = 0;
    int left = subject.width();
    int right = 0;
    for (int cell = 0; cell < subject.inside().length; cell++) {
      if (subject.inside()[cell]) {
        top = Math.min(top, cell / subject.width());
        bottom = Math.max(bottom, cell / subject.width());
        left = Math.min(left, cell % subject.width());
        right = Math.max(right, cell % subject.width());
      }
    }
    int longer = Math.max(right - left, bottom - top) + 1;
    int thickness = (int) Math.max(3, Math.round(THICKNESS * longer));
    int firstRow = bottom + 1 - Math.max(1, thickness / 3); // the feet extend into it
    int feetFrom = bottom - (int) (FEET * (bottom - top + 1));
    int[] feet = extent(subject, feetFrom, bottom);
    double middle = (feet[0] + feet[1] + 1) / 2.0;
    double radius = Math.max(LEAST_RADIUS * longer, RIM * (feet[1] - feet[0] + 1) / 2.0);
    int shift = (int) Math.max(0, Math.ceil(radius - middle) + 1);
    int width = (int) Math.max(subject.width() + shift, Math.ceil(middle + radius) + 1 + shift);
    int height = firstRow + thickness;
    Foreground figure = subject.on(width, height, shift);
    boolean[] plate = new boolean[width * height];
    for (int row = firstRow; row < height; row++) {
      int from = (int) Math.round(middle + shift - radius);
      int to = (int) Math.round(middle + shift + radius);
      Arrays.fill(plate, row * width + Math.max(0, from), row * width + Math.min(width, to), true);
    }
    double deepest = Math.min(radius, MOST_DEPTH * longer);
    return new Baseplate(
        figure, figure.with(plate), shift, middle + shift, radius, deepest, firstRow);
  }

  private static int[] extent(Foreground subject, int firstRow, int lastRow) {
    int left = subject.width();
    int right = 0;
    for (int row = firstRow; row <= lastRow; row++) {
      for (int column = 0; column < subject.width(); column++) {
        if (subject.at(column, row)) {
          left = Math.min(left, column);
          right = Math.max(right, column);
        }
      }
    }
    return new int[] {left, right};
  }

  /** Returns whether a corner of cells belongs to the plate. */
  boolean has(int column, int row) {
    return row >= firstRow && Math.abs(column - middle) <= radius + 1;
  }

  /**
   * Returns the distance of the plate's surface from the middle plane at a column's left edge, in
   * cells.
   */
  float depth(int column) {
    double aside = (column - middle) / radius;
    return (float) (deepest * Math.sqrt(Math.max(0, 1 - aside * aside)));
  }
}
