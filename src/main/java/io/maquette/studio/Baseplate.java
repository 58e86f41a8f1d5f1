package io.maquette.studio;

/**
 * Plate under a figure, which makes it stand and joins it to one piece; from above an ellipse. It
 * is as wide as the feet, and below the centre of mass. The figure sinks into it until the joint is
 * strong enough, and a fillet strengthens the joint.
 *
 * @param shape the figure and the plate, on a grid that is large enough for both
 * @param shift number of columns added on the left of the figure's grid
 * @param middle column of the plate's middle
 * @param radius horizontal radius of the plate, in cells
 * @param firstRow the plate's first row; it extends to the last row
 * @param longer cells along the figure's longer side
 */
record Baseplate(
    Foreground shape, int shift, double middle, double radius, int firstRow, int longer) {

  /** Fractions of the figure's longer side: half the plate's width and depth, and its thickness. */
  private static final double MIN_RADIUS = 0.2;

  private static final double DEPTH = 0.2;
  private static final double THICKNESS = 0.045;

  /** Width of the plate relative to that of the feet. */
  private static final double RIM = 1.12;

  /** Least distance of the plate's edge from the centre of mass to each side, as a fraction. */
  private static final double STEADY = 0.17;

  /** Fraction of the figure's height, at the bottom, that counts as feet. */
  private static final double FEET = 0.1;

  /** Width of a strong joint, and how far the figure sinks into the plate for it, as fractions. */
  private static final double JOINT = 0.14;

  private static final double MAX_SUNK = 0.06;

  /** Height and width of the fillet, as a fraction. */
  private static final double FILLET = 0.035;

  /** Puts a plate under the foreground of a picture. */
  static Baseplate under(Foreground subject) {
    Foreground.Bounds bounds = subject.bounds();
    int longer = bounds.longer();
    int thickness = (int) Math.max(3, Math.round(THICKNESS * longer));
    int bottom = bounds.bottom();
    int firstRow = firstRow(subject, bottom, longer);
    int lastRow = Math.max(firstRow + thickness - 1, bottom);
    int[] feet = extent(subject, bottom - (int) (FEET * (bottom - bounds.top() + 1)), bottom);
    double mass = middleOfMass(subject);
    double middleOfFeet = (feet[0] + feet[1] + 1) / 2.0;
    double halfFeet = RIM * (feet[1] + 1 - middleOfFeet);
    double left = Math.min(middleOfFeet - halfFeet, mass - STEADY * longer);
    double right = Math.max(middleOfFeet + halfFeet, mass + STEADY * longer);
    double middle = (left + right) / 2;
    double radius = Math.max(MIN_RADIUS * longer, (right - left) / 2);
    int fillet = (int) Math.round(FILLET * longer);
    int shift = (int) Math.max(fillet, Math.ceil(radius - middle) + 1);
    int width =
        (int) Math.max(subject.width() + shift + fillet, Math.ceil(middle + radius) + 1 + shift);
    Foreground figure = subject.on(width, lastRow + 1, shift, 0);
    boolean[] cells = figure.inside().clone();
    widenFeet(figure, cells, firstRow, fillet);
    for (int row = firstRow; row <= lastRow; row++) {
      int from = (int) Math.max(0, Math.round(middle + shift - radius));
      int to = (int) Math.min(width, Math.round(middle + shift + radius));
      for (int column = from; column < to; column++) {
        cells[row * width + column] = true;
      }
    }
    return new Baseplate(figure.having(cells), shift, middle + shift, radius, firstRow, longer);
  }

  /** Returns the highest row near the bottom at which the figure is wide enough for a joint. */
  private static int firstRow(Foreground subject, int bottom, int longer) {
    int least = Math.max(1, (int) Math.round(THICKNESS * longer / 3));
    int most = Math.max(least, (int) Math.round(MAX_SUNK * longer));
    int row = bottom + 1 - least;
    while (row > bottom + 1 - most && widthOf(subject, row) < JOINT * longer) {
      row--;
    }
    return Math.max(1, row);
  }

  private static int widthOf(Foreground subject, int row) {
    int width = 0;
    for (int column = 0; column < subject.width(); column++) {
      width += subject.at(column, row) ? 1 : 0;
    }
    return width;
  }

  /** Returns the column of the centre of mass, if the figure is a balloon. */
  private static double middleOfMass(Foreground subject) {
    float[] depths = Cells.depths(subject.inside(), subject.width(), subject.height());
    double sum = 0;
    double mass = 0;
    for (int cell = 0; cell < depths.length; cell++) {
      sum += depths[cell] * (cell % subject.width() + 0.5);
      mass += depths[cell];
    }
    return sum / mass;
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

  /** Adds a fillet to both sides of the feet, where they meet the plate. */
  private static void widenFeet(Foreground figure, boolean[] cells, int firstRow, int fillet) {
    for (int row = Math.max(0, firstRow - fillet); row < firstRow; row++) {
      int wider = (int) Math.round(fillet(firstRow - row, fillet));
      for (int column = 0; column < figure.width(); column++) {
        if (figure.at(column, row) && figure.at(column, firstRow)) {
          int from = Math.max(0, column - wider);
          int to = Math.min(figure.width() - 1, column + wider);
          for (int beside = from; beside <= to; beside++) {
            cells[row * figure.width() + beside] = true;
          }
        }
      }
    }
  }

  /** Returns the width of a fillet at a distance from the plate: a quarter of a circle. */
  private static double fillet(double distance, double size) {
    double share = Math.min(1, distance / size);
    return size * (1 - Math.sqrt(1 - (1 - share) * (1 - share)));
  }

  /** Returns whether a corner of cells belongs to the plate. */
  boolean has(int column, int row) {
    return row >= firstRow && Math.abs(column - middle) <= radius + 1;
  }

  /**
   * Returns the least distance of the surface from the middle plane at a corner of cells: the
   * plate's outline, or the fillet above it; 0 elsewhere.
   */
  float depth(int column, int row) {
    double aside = Math.min(1, Math.abs(column - middle) / radius);
    double edge = DEPTH * longer * Math.sqrt(1 - aside * aside);
    if (row >= firstRow) {
      return (float) edge;
    }
    double size = FILLET * longer;
    return (float) Math.min(edge, fillet(firstRow - (double) row, size));
  }
}
