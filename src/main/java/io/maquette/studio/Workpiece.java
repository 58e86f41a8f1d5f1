package io.maquette.studio;

import io.maquette.studio.Sculpting.Form;

/**
 * Silhouette of a model, before it has depth: the figure with its thin parts thickened, and what
 * the form adds, such as a base, a plate, a loop, and bridges to separate parts.
 *
 * @param figure the part that stands out, on the model's grid
 * @param shape all cells of the model
 * @param origin where the picture is
 * @param stand the base; null if the form has none
 * @param hasPlate whether the figure is raised on a plate with a plain back
 * @param millimetre cells per millimetre
 */
record Workpiece(
    Foreground figure,
    Foreground shape,
    Origin origin,
    Baseplate stand,
    boolean hasPlate,
    double millimetre) {

  /**
   * Position of the picture's grid on the model's grid.
   *
   * @param right number of columns added on the left
   * @param down number of rows added above
   */
  record Origin(int right, int down) {}

  /** Least width in millimetres that a part of a figure gets. */
  static final double MIN_WIDTH = 1.4;

  /** Width in millimetres of a bridge to a small and to a large separate part. */
  private static final double NARROW_BRIDGE = 2.4;

  private static final double WIDE_BRIDGE = 9;

  /** Border in millimetres of a plate around its figure. */
  private static final double BORDER = 2.6;

  /** Half the width in millimetres of gaps in a plate that are closed. */
  private static final double GAP = 3.5;

  /** Half the width of the widest part of a text or logo, as a fraction of the longer side. */
  private static final double THIN = 0.055;

  /** Area with all enclosed space of a line drawing, relative to the area of its lines. */
  private static final double ENCLOSED = 1.9;

  /** Radii in millimetres of the loop and its hole. */
  private static final double LOOP = 4.6;

  private static final double HOLE = 2.3;

  /** Half the width in millimetres of the neck between loop and figure. */
  private static final double NECK = 3.4;

  /** Width in millimetres between the figure of a coin and its edge. */
  private static final double FIELD = 4.5;

  /** Radius in cells to which a coin is round at least. */
  private static final int MIN_COIN = 12;

  /** Prepares the silhouette of a picture's foreground for a form. */
  static Workpiece of(Foreground subject, Form form) {
    if (form.isPicture()) {
      Foreground whole = subject.whole();
      return new Workpiece(subject, whole, new Origin(0, 0), null, true, unit(whole, form));
    }
    double unit = unit(subject, form);
    int margin = (int) Math.ceil(margin(subject, form, unit));
    Foreground placed =
        subject.on(subject.width() + 2 * margin, subject.height() + 2 * margin, margin, margin);
    Foreground figure = thickened(placed, MIN_WIDTH * unit);
    Origin origin = new Origin(margin, margin);
    return switch (form) {
      case STANDING -> standing(figure, margin, unit);
      case KEYCHAIN -> {
        boolean[] plate = plate(figure, unit);
        hang(plate, figure.width(), unit);
        yield new Workpiece(figure, figure.having(plate), origin, null, true, unit);
      }
      case ORNAMENT -> {
        boolean[] cells = joined(figure, unit);
        hang(cells, figure.width(), unit);
        yield new Workpiece(figure, figure.having(cells), origin, null, false, unit);
      }
      case COIN -> {
        boolean[] coin = new boolean[figure.inside().length];
        double[] circle = circle(figure.bounds(), figure);
        double radius = Math.max(MIN_COIN, circle[2] + FIELD * unit);
        Cells.disc(coin, figure.width(), circle[0], circle[1], radius, true);
        yield new Workpiece(figure, figure.having(coin), origin, null, true, unit);
      }
      default ->
          new Workpiece(figure, figure.having(joined(figure, unit)), origin, null, false, unit);
    };
  }

  private static Workpiece standing(Foreground figure, int margin, double unit) {
    boolean hasPlate = isGraphic(figure);
    Baseplate stand = Baseplate.under(hasPlate ? figure.having(plate(figure, unit)) : figure);
    Foreground shape = stand.shape();
    return new Workpiece(
        figure.on(shape.width(), shape.height(), stand.shift(), 0),
        shape.having(joined(shape, unit)),
        new Origin(margin + stand.shift(), margin),
        stand,
        hasPlate,
        unit);
  }

  /**
   * Returns whether a figure is a text, a logo or a line drawing, which needs a plate: all of it is
   * thin, or it mostly encloses empty space.
   */
  private static boolean isGraphic(Foreground figure) {
    float deepest = 0;
    for (float depth : Cells.depths(figure.inside(), figure.width(), figure.height())) {
      deepest = Math.max(deepest, depth);
    }
    boolean[] filled = figure.inside().clone();
    Cells.fillHoles(filled, figure.width(), figure.height());
    return deepest < THIN * figure.bounds().longer()
        || Cells.count(filled) > ENCLOSED * figure.cells();
  }

  /**
   * Returns the cells of a plate behind a figure, with a border around it, without holes and narrow
   * gaps.
   */
  private static boolean[] plate(Foreground figure, double unit) {
    int width = figure.width();
    int height = figure.height();
    boolean[] plate = Cells.widened(figure.inside(), width, height, (BORDER + GAP) * unit);
    Cells.fillHoles(plate, width, height);
    float[] depths = Cells.depths(plate, width, height);
    for (int cell = 0; cell < plate.length; cell++) {
      plate[cell] = depths[cell] > GAP * unit;
    }
    join(plate, width, height, unit);
    return plate;
  }

  private static boolean[] joined(Foreground figure, double unit) {
    boolean[] cells = figure.inside().clone();
    join(cells, figure.width(), figure.height(), unit);
    return cells;
  }

  /** Returns the number of cells per millimetre of a model in its usual size. */
  private static double unit(Foreground subject, Form form) {
    double millimetres = 1000.0 * form.longestSide();
    return switch (form) {
      case KEYCHAIN -> subject.bounds().longer() / (millimetres - 2 * BORDER - LOOP);
      case ORNAMENT -> subject.bounds().longer() / (millimetres - LOOP);
      case COIN -> 2 * circle(subject.bounds(), subject)[2] / (millimetres - 2 * FIELD);
      default -> subject.bounds().longer() / millimetres;
    };
  }

  private static double margin(Foreground subject, Form form, double unit) {
    return switch (form) {
      case KEYCHAIN, ORNAMENT -> (BORDER + GAP + 2 * LOOP) * unit + 2;
      case COIN -> {
        double[] circle = circle(subject.bounds(), subject);
        double reach = Math.max(MIN_COIN, circle[2] + FIELD * unit);
        double left = reach - circle[0];
        double above = reach - circle[1];
        double right = circle[0] + reach - subject.width();
        double below = circle[1] + reach - subject.height();
        yield Math.max(0, Math.max(Math.max(left, above), Math.max(right, below))) + 2;
      }
      case STANDING -> (BORDER + GAP) * unit + 2;
      default -> MIN_WIDTH * unit + 1;
    };
  }

  /** Returns the circle around the middle of the bounds that has all cells: column, row, radius. */
  static double[] circle(Foreground.Bounds bounds, Foreground subject) {
    double column = (bounds.left() + bounds.right() + 1) / 2.0;
    double row = (bounds.top() + bounds.bottom() + 1) / 2.0;
    double radius = 1;
    for (int cell = 0; cell < subject.inside().length; cell++) {
      if (subject.inside()[cell]) {
        int x = cell % subject.width();
        int y = cell / subject.width();
        radius = Math.max(radius, Math.hypot(x + 0.5 - column, y + 0.5 - row) + 0.7);
      }
    }
    return new double[] {column, row, radius};
  }

  /**
   * Returns the foreground with thin parts as wide as this. New cells, and those on the outline,
   * which are mixed with the background, get the colour of the nearest other cell.
   */
  private static Foreground thickened(Foreground subject, double leastWidth) {
    int width = subject.width();
    int height = subject.height();
    boolean[] wide = subject.inside().clone();
    float[] depths = Cells.depths(subject.inside(), width, height);
    boolean[] pure = new boolean[wide.length];
    for (int cell = 0; cell < wide.length; cell++) {
      if (depths[cell] > 0) {
        boolean isRidge = Cells.isRidge(depths, width, cell);
        pure[cell] = isRidge || depths[cell] > 1.2f;
        if (isRidge && 2 * depths[cell] - 1 < leastWidth) {
          int row = cell / width;
          Cells.disc(wide, width, cell % width + 0.5, row + 0.5, leastWidth / 2, true);
        }
      }
    }
    int[] near = Cells.nearest(pure, width, height);
    int[] colour = new int[wide.length];
    for (int cell = 0; cell < wide.length; cell++) {
      colour[cell] = subject.colour()[near[cell]];
    }
    Cells.partCorners(wide, width, height);
    return new Foreground(width, height, wide, colour);
  }

  /**
   * Joins separate parts by bridges along the shortest way, the nearest parts first. A bridge is as
   * thick as a plate and lies behind the front of the parts.
   */
  private static void join(boolean[] cells, int width, int height, double unit) {
    int[] part = Cells.parts(cells, true, width, height);
    int[] sizes = Cells.sizes(part);
    for (int left = sizes.length - 2; left > 0; left--) {
      boolean[] largest = new boolean[cells.length];
      int first = largest(sizes);
      for (int cell = 0; cell < cells.length; cell++) {
        largest[cell] = part[cell] == first;
      }
      int[] near = Cells.nearest(largest, width, height);
      int from = -1;
      double shortest = Double.MAX_VALUE;
      for (int cell = 0; cell < cells.length; cell++) {
        if (part[cell] > 0 && part[cell] != first) {
          double distance = distance(cell, near[cell], width);
          if (distance < shortest) {
            shortest = distance;
            from = cell;
          }
        }
      }
      int other = part[from];
      double bridge = bridgeWidth(Math.min(sizes[first], sizes[other]), unit);
      bridge(cells, width, from, near[from], bridge / 2);
      sizes[first] += sizes[other];
      sizes[other] = 0;
      for (int cell = 0; cell < cells.length; cell++) {
        part[cell] = part[cell] == other ? first : part[cell];
      }
    }
  }

  private static int largest(int[] sizes) {
    int largest = 0;
    for (int number = 1; number < sizes.length; number++) {
      largest = sizes[number] > sizes[largest] ? number : largest;
    }
    return largest;
  }

  private static double distance(int one, int other, int width) {
    int across = one % width - other % width;
    int down = one / width - other / width;
    return Math.hypot(across, down);
  }

  private static double bridgeWidth(int cells, double unit) {
    double wide = Math.min(WIDE_BRIDGE * unit, 0.55 * Math.sqrt(cells));
    return Math.max(NARROW_BRIDGE * unit, wide);
  }

  private static void bridge(boolean[] cells, int width, int from, int to, double radius) {
    int steps = (int) Math.ceil(2 * distance(from, to, width)) + 1;
    int firstRow = from / width;
    int lastRow = to / width;
    for (int step = 0; step <= steps; step++) {
      double share = (double) step / steps;
      double column = from % width * (1 - share) + to % width * share + 0.5;
      double row = firstRow * (1 - share) + lastRow * share + 0.5;
      Cells.disc(cells, width, column, row, Math.max(1.5, radius), true);
    }
  }

  /** Adds a loop at the top, near the middle, and clears its hole. */
  private static void hang(boolean[] cells, int width, double unit) {
    long sum = 0;
    int count = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      sum += cells[cell] ? cell % width : 0;
      count += cells[cell] ? 1 : 0;
    }
    double middle = (double) sum / count + 0.5;
    double column = middle;
    int top = topNear(cells, width, middle, LOOP * unit);
    for (int other = (int) (LOOP * unit); other < width - LOOP * unit; other++) {
      int otherTop = topNear(cells, width, other, LOOP * unit);
      if (otherTop + Math.abs(other - middle) < top + Math.abs(column - middle)) {
        column = other;
        top = otherTop;
      }
    }
    double row = top - (HOLE + 0.4) * unit;
    double foot = top + LOOP * unit / 2;
    for (double y = row; y < foot; y += 0.5) {
      Cells.disc(cells, width, column, y, NECK * unit, true);
    }
    Cells.disc(cells, width, column, row, LOOP * unit, true);
    Cells.disc(cells, width, column, row, Math.max(2, HOLE * unit), false);
  }

  /** Returns the first row with a cell near a column; the last row if there is none. */
  private static int topNear(boolean[] cells, int width, double column, double reach) {
    int from = (int) Math.max(0, Math.ceil(column - reach));
    int to = (int) Math.min(width, column + reach);
    int height = cells.length / width;
    for (int row = 0; row < height; row++) {
      for (int near = from; near < to; near++) {
        if (cells[row * width + near]) {
          return row;
        }
      }
    }
    return height - 1;
  }
}
