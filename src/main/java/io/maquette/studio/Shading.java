package io.maquette.studio;

/**
 * Surface detail from a picture's shading: areas lighter than their surroundings are raised, darker
 * ones are lowered.
 */
final class Shading {

  /** Size of the surroundings, as a fraction of the longer side. */
  private static final double SURROUNDINGS = 1 / 20.0;

  /** Radius in cells of the blur, which is applied twice, so that single pixels make no bumps. */
  private static final int SOFTNESS = 1;

  private final int columns;
  private final int rows;
  private final float[] light;

  /** 1 where a cell is inside, 0 elsewhere. */
  private final float[] cover;

  /** Creates the shading from the cells inside a shape; other colours do not count. */
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

  /** Returns the lightness, 0 to 1, at each corner of the cells inside. */
  float[] lightness() {
    return atCorners(light);
  }

  /** Returns the difference in lightness of each corner and its surroundings, -1 to 1. */
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
