package io.maquette.studio;

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

  /** 1 where a cell is inside, 0 elsewhere. */
  private final float[] cover;

  /** Of a shape's cells; colours of others do not count. */
  Shading(Foreground shape) {
    columns = shape.width();
    rows = shape.height();
    light = new float[columns * rows];
    cover = new float[light.length];
    for (int cell = 0; cell < light.length; cell++) {
      if (shape.inside()[cell]) {
        light[cell] = (float) Tone.lightness(shape.colour()[cell]);
        cover[cell] = 1;
      }
    }
    soften(SOFTNESS, light);
  }

  private void soften(int radius, float[] values) {
    float[] sum = values.clone();
    float[] weight = cover.clone();
    for (int round = 0; round < 2; round++) {
      sum = Blur.of(sum, columns, rows, radius);
      weight = Blur.of(weight, columns, rows, radius);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = cover[i] > 0 ? sum[i] / weight[i] : 0;
    }
  }

  /** Lightness, 0 to 1, at each corner of the cells that are inside. */
  float[] lightness() {
    return atCorners(light);
  }

  /** How much lighter each corner is than its surroundings, -1 to 1. */
  float[] detail() {
    float[] around = light.clone();
    soften((int) Math.max(2, SURROUNDINGS * Math.max(columns, rows)), around);
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
}
