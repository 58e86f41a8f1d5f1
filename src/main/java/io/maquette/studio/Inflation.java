package io.maquette.studio;

import java.util.Arrays;

/**
 * How thick a silhouette is at each corner of its cells, as if it were a balloon: nothing on the
 * outline, most in the middle of its widest part. It is the square root of the solution of
 * Poisson's equation over the silhouette, found by successive over-relaxation.
 */
final class Inflation {

  /** So many rounds for each cell of the longer side find it near enough. */
  private static final double ROUNDS = 0.9;

  /** Between what makes a long strip a half cylinder (2) and a disc a half ball (4). */
  private static final double PRESSURE = 2.6;

  private Inflation() {}

  /**
   * The heights.
   *
   * @return for each corner, row by row, one more than cells in each direction; in cells
   */
  static float[] of(Foreground shape) {
    int columns = shape.width() + 1;
    int rows = shape.height() + 1;
    double[] pressure = new double[columns * rows];
    boolean[] free = new boolean[pressure.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        free[row * columns + column] =
            shape.at(column, row)
                && shape.at(column - 1, row)
                && shape.at(column, row - 1)
                && shape.at(column - 1, row - 1);
      }
    }
    int[] inner = new int[pressure.length];
    int count = 0;
    for (int i = 0; i < free.length; i++) {
      if (free[i]) {
        inner[count++] = i;
      }
    }
    inner = Arrays.copyOf(inner, count);
    double relaxation = 2 / (1 + 2 * Math.PI / Math.max(columns, rows));
    int rounds = (int) (ROUNDS * Math.max(columns, rows));
    for (int round = 0; round < rounds; round++) {
      for (int i : inner) {
        double settled =
            (pressure[i - 1]
                    + pressure[i + 1]
                    + pressure[i - columns]
                    + pressure[i + columns]
                    + PRESSURE)
                / 4;
        pressure[i] += relaxation * (settled - pressure[i]);
      }
    }
    float[] heights = new float[pressure.length];
    for (int i : inner) {
      heights[i] = (float) Math.sqrt(Math.max(0, pressure[i]));
    }
    return heights;
  }
}
