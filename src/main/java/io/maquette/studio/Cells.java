package io.maquette.studio;

import java.util.Arrays;

/** Operations on grids of cells, row by row from the top. Cells beyond a grid count as not set. */
final class Cells {

  private Cells() {}

  /** Returns the number of cells that are set. */
  static int count(boolean[] cells) {
    int count = 0;
    for (boolean cell : cells) {
      count += cell ? 1 : 0;
    }
    return count;
  }

  /**
   * Returns the index of the nearest set cell for each cell; -1 everywhere if none is set. Computed
   * in two passes (Danielsson's distance transform), exact but for a few cells.
   */
  static int[] nearest(boolean[] cells, int width, int height) {
    int[] near = new int[cells.length];
    for (int cell = 0; cell < cells.length; cell++) {
      near[cell] = cells[cell] ? cell : -1;
    }
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        take(near, width, column, row, column - 1, row);
        take(near, width, column, row, column, row - 1);
        take(near, width, column, row, column - 1, row - 1);
        take(near, width, column, row, column + 1, row - 1);
      }
      for (int column = width - 2; column >= 0; column--) {
        take(near, width, column, row, column + 1, row);
      }
    }
    for (int row = height - 1; row >= 0; row--) {
      for (int column = width - 1; column >= 0; column--) {
        take(near, width, column, row, column + 1, row);
        take(near, width, column, row, column, row + 1);
        take(near, width, column, row, column - 1, row + 1);
        take(near, width, column, row, column + 1, row + 1);
      }
      for (int column = 1; column < width; column++) {
        take(near, width, column, row, column - 1, row);
      }
    }
    return near;
  }

  /** Takes over a neighbour's nearest cell if it is nearer. */
  private static void take(
      int[] near, int width, int column, int row, int fromColumn, int fromRow) {
    if (fromColumn < 0 || fromColumn >= width || fromRow < 0) {
      return;
    }
    int from = fromRow * width + fromColumn;
    if (from >= near.length || near[from] < 0) {
      return;
    }
    int cell = row * width + column;
    if (near[cell] < 0
        || squared(near[from], width, column, row) < squared(near[cell], width, column, row)) {
      near[cell] = near[from];
    }
  }

  private static int squared(int cell, int width, int column, int row) {
    int across = cell % width - column;
    int down = cell / width - row;
    return across * across + down * down;
  }

  /** Returns the distance in cells of each set cell from the nearest cell that is not set. */
  static float[] depths(boolean[] cells, int width, int height) {
    boolean[] outside = new boolean[cells.length];
    for (int cell = 0; cell < cells.length; cell++) {
      outside[cell] = !cells[cell];
    }
    int[] near = nearest(outside, width, height);
    float[] depths = new float[cells.length];
    for (int cell = 0; cell < cells.length; cell++) {
      int column = cell % width;
      int row = cell / width;
      int aside = Math.min(column, width - 1 - column);
      double border = 1.0 + Math.min(aside, Math.min(row, height - 1 - row));
      double far = near[cell] < 0 ? border : Math.sqrt(squared(near[cell], width, column, row));
      depths[cell] = (float) Math.min(far, border);
    }
    return depths;
  }

  /**
   * Returns whether a cell is on the middle line of its part: no neighbour is further from the
   * outline.
   */
  static boolean isRidge(float[] depths, int width, int cell) {
    int column = cell % width;
    for (int down = -width; down <= width; down += width) {
      for (int across = -1; across <= 1; across++) {
        int other = cell + down + across;
        boolean isOnGrid =
            column + across >= 0 && column + across < width && other >= 0 && other < depths.length;
        if (isOnGrid && depths[other] > depths[cell] + 0.01f) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the cells within a distance of the set cells. */
  static boolean[] widened(boolean[] cells, int width, int height, double distance) {
    int[] near = nearest(cells, width, height);
    boolean[] wide = new boolean[cells.length];
    for (int cell = 0; cell < cells.length; cell++) {
      wide[cell] =
          near[cell] >= 0
              && squared(near[cell], width, cell % width, cell / width) <= distance * distance;
    }
    return wide;
  }

  /** Sets or clears the cells whose centres are within a disc around a position. */
  static void disc(
      boolean[] cells, int width, double column, double row, double radius, boolean value) {
    int height = cells.length / width;
    for (int y = (int) Math.max(0, row - radius - 1); y < Math.min(height, row + radius + 1); y++) {
      for (int x = (int) Math.max(0, column - radius - 1);
          x < Math.min(width, column + radius + 1);
          x++) {
        if (Math.hypot(x + 0.5 - column, y + 0.5 - row) <= radius) {
          cells[y * width + x] = value;
        }
      }
    }
  }

  /** Sets the cells that the other cells enclose. */
  static void fillHoles(boolean[] cells, int width, int height) {
    closeHoles(cells, width, height, Integer.MAX_VALUE);
  }

  /** Sets the cells of holes up to a number of cells each. */
  static void closeHoles(boolean[] cells, int width, int height, int most) {
    int[] part = parts(cells, false, width, height);
    int[] sizes = sizes(part);
    boolean[] open = new boolean[sizes.length];
    for (int column = 0; column < width; column++) {
      open[part[column]] = true;
      open[part[(height - 1) * width + column]] = true;
    }
    for (int row = 0; row < height; row++) {
      open[part[row * width]] = true;
      open[part[row * width + width - 1]] = true;
    }
    for (int cell = 0; cell < cells.length; cell++) {
      if (part[cell] > 0 && !open[part[cell]] && sizes[part[cell]] <= most) {
        cells[cell] = true;
      }
    }
  }

  /** Sets a third cell where two cells touch only by a corner. */
  static void partCorners(boolean[] cells, int width, int height) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int row = 0; row + 1 < height; row++) {
        for (int column = 0; column + 1 < width; column++) {
          int i = row * width + column;
          boolean falling = cells[i] && cells[i + width + 1];
          boolean rising = cells[i + 1] && cells[i + width];
          if (falling != rising
              && (falling
                  ? !cells[i + 1] && !cells[i + width]
                  : !cells[i] && !cells[i + width + 1])) {
            cells[falling ? i + 1 : i] = true;
            changed = true;
          }
        }
      }
    }
  }

  /** Numbers the connected parts of the cells with this value from 1; the others get 0. */
  static int[] parts(boolean[] cells, boolean value, int width, int height) {
    int[] part = new int[cells.length];
    int[] reached = new int[cells.length];
    int number = 0;
    for (int start = 0; start < cells.length; start++) {
      if (cells[start] != value || part[start] != 0) {
        continue;
      }
      part[start] = ++number;
      int count = 0;
      reached[count++] = start;
      while (count > 0) {
        int cell = reached[--count];
        int column = cell % width;
        for (int side = 0; side < 4; side++) {
          int next =
              switch (side) {
                case 0 -> column > 0 ? cell - 1 : -1;
                case 1 -> column + 1 < width ? cell + 1 : -1;
                case 2 -> cell - width;
                default -> cell + width < width * height ? cell + width : -1;
              };
          if (next >= 0 && cells[next] == value && part[next] == 0) {
            part[next] = number;
            reached[count++] = next;
          }
        }
      }
    }
    return part;
  }

  /** Returns the number of cells of each part, by its number; 0 for those in no part. */
  static int[] sizes(int[] part) {
    int[] sizes = new int[Arrays.stream(part).max().orElse(0) + 1];
    for (int number : part) {
      sizes[number]++;
    }
    sizes[0] = 0;
    return sizes;
  }
}
