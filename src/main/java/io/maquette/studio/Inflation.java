package io.maquette.studio;

import java.util.Arrays;

/**
 * Thickness of a silhouette at each corner of its cells, like that of a balloon. It is zero on the
 * outline and largest in the middle of the widest part. It is the square root of the solution of
 * Poisson's equation over the silhouette, computed by successive over-relaxation.
 */
final class Inflation {

  /** Iterations per cell of the longer side that give a sufficient approximation. */
  private static final double ROUNDS = 0.9;

  /**
   * Value between 2, which makes a long strip a half cylinder, and 4, which makes a disc a half
   * ball.
   */
  private static final double PRESSURE = 2.6;

  private Inflation() {}

  /**
   * Computes the heights.
   *
   * @return heights in cells for each corner, row by row, one more than cells in each direction
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
