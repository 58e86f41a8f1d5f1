package io.maquette.provider.local;

/**
 * What a picture's light and dark tell of the surface: what is lighter than its surroundings stands
 * out, what is darker lies deeper.
 */
final class Shading {

  /** Surroundings are so large a part of the longer side. */
  private static final double SURROUNDINGS = 1 / 20.0;

  /** Twice averaged over so many cells each way, so that pixels are no grit. */
  private static final int SOFTNESS = 1;

  private final int columns;
  private final int rows;
  private final float[] light;

  /** Of a shape's cells; colours of others do not count. */
  Shading(Foreground shape) {
    columns = shape.width();
    rows = shape.height();
    light = new float[columns * rows];
    float[] cover = new float[light.length];
    for (int cell = 0; cell < light.length; cell++) {
      if (shape.inside()[cell]) {
        light[cell] = lightness(shape.colour()[cell]);
        cover[cell] = 1;
      }
    }
    soften(SOFTNESS, light, cover);
  }

  private void soften(int radius, float[] values, float[] cover) {
    float[] sum = values.clone();
    float[] weight = cover.clone();
    for (int round = 0; round < 2; round++) {
      sum = mean(sum, radius);
      weight = mean(weight, radius);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = cover[i] > 0 ? sum[i] / weight[i] : 0;
    }
  }

  /** 0 (black) to 1 (white). */
  private static float lightness(int rgb) {
    return (0.299f * ((rgb >> 16) & 255) + 0.587f * ((rgb >> 8) & 255) + 0.114f * (rgb & 255))
        / 255;
  }

  /** Lightness, 0 to 1, at each corner of the cells that are inside. */
  float[] lightness() {
    return atCorners(light);
  }

  /** How much lighter each corner is than its surroundings, -1 to 1. */
  float[] detail(Foreground shape) {
    float[] cover = new float[light.length];
    for (int cell = 0; cell < light.length; cell++) {
      cover[cell] = shape.inside()[cell] ? 1 : 0;
    }
    float[] around = light.clone();
    soften((int) Math.max(2, SURROUNDINGS * Math.max(columns, rows)), around, cover);
    float[] detail = new float[light.length];
    for (int cell = 0; cell < light.length; cell++) {
      detail[cell] = light[cell] - around[cell];
    }
    return atCorners(detail);
  }

  private float[] atCorners(float[] ofCells) {
    float[] corners = new float[(columns + 1) * (rows + 1)];
    for (int row = 0; row <= rows; row++) {
      for (int column = 0; column <= columns; column++) {
        float sum = 0;
        for (int side = 0; side < 4; side++) {
          int r = Math.max(0, Math.min(rows - 1, row - side / 2));
          int c = Math.max(0, Math.min(columns - 1, column - side % 2));
          sum += ofCells[r * columns + c];
        }
        corners[row * (columns + 1) + column] = sum / 4;
      }
    }
    return corners;
  }

  /** The mean over a square of cells, beyond whose border there is nothing. */
  private float[] mean(float[] values, int radius) {
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
