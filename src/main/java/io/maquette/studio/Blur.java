package io.maquette.studio;

/** Box blur of a grid; values outside the grid are 0. */
final class Blur {

  private Blur() {}

  /** Returns the mean over a square around each cell that extends this many cells each way. */
  static float[] of(float[] values, int columns, int rows, int radius) {
    return across(
        across(values, radius, columns, rows, 1, columns), radius, rows, columns, columns, 1);
  }

  private static float[] across(
      float[] values, int radius, int length, int lines, int step, int lineStep) {
    float[] means = new float[values.length];
    for (int line = 0; line < lines; line++) {
      int start = line * lineStep;
      double sum = 0;
      for (int i = -radius; i < length; i++) {
        if (i + radius < length) {
          sum += values[start + (i + radius) * step];
        }
        if (i - radius - 1 >= 0) {
          sum -= values[start + (i - radius - 1) * step];
        }
        if (i >= 0) {
          means[start + i * step] = (float) (sum / (2 * radius + 1));
        }
      }
    }
    return means;
  }
}
