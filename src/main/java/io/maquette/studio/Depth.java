package io.maquette.studio;

/**
 * Height map of a drawing: its outline is inflated, and each coloured field is a small cushion,
 * with a crease between two fields.
 */
final class Depth {

  /** Cells per side. Pictures are shaded at this resolution and drawn at twice this resolution. */
  static final int SIDE = 512;

  private static final int COARSE = 128;

  /** Number of cells over which a cushion rises to {@code CUSHION_HEIGHT}. */
  private static final float CUSHION_WIDTH = 15;

  private static final float CUSHION_HEIGHT = 9;
  private static final float ROUNDNESS = 0.8f;

  /** Minimum difference of colours of two fields, as a sum over the channels. */
  private static final int EDGE = 36;

  /** Radius in cells of the blur, which is applied twice. */
  private static final int SOFTNESS = 2;

  private float[] height = new float[SIDE * SIDE];
  private final float[] toEdge;

  Depth(Raster picture) {
    int step = picture.side() / SIDE;
    boolean[] inside = new boolean[SIDE * SIDE];
    int[] colour = new int[SIDE * SIDE];
    for (int cell = 0; cell < inside.length; cell++) {
      int pixel = cell / SIDE * step * picture.side() + cell % SIDE * step;
      inside[cell] = picture.covers(pixel);
      colour[cell] = picture.argb()[pixel];
    }
    toEdge = distances(inside, colour);
    float[] bulge = bulge(inside);
    int coarse = SIDE / COARSE;
    for (int cell = 0; cell < height.length; cell++) {
      if (inside[cell]) {
        float rise = Math.min(1, toEdge[cell] / CUSHION_WIDTH);
        float cushion = (float) Math.sqrt(1 - (1 - rise) * (1 - rise));
        int row = cell / SIDE;
        float column = cell % SIDE;
        float round = between(bulge, COARSE + 1, column / coarse, (float) row / coarse);
        height[cell] = ROUNDNESS * coarse * round + CUSHION_HEIGHT * cushion;
      }
    }
    for (int round = 0; round < 2; round++) {
      height = Blur.of(height, SIDE, SIDE, SOFTNESS);
    }
  }

  /** Returns the distance of each cell from the edge of its field, in cells; 0 outside. */
  private static float[] distances(boolean[] inside, int[] colour) {
    float[] far = new float[inside.length];
    for (int cell = 0; cell < far.length; cell++) {
      boolean isEdge = !inside[cell] || isEdge(inside, colour, cell);
      far[cell] = isEdge ? 0 : SIDE;
    }
    for (int row = 1; row < SIDE; row++) {
      for (int column = 1; column < SIDE - 1; column++) {
        int cell = row * SIDE + column;
        far[cell] = Math.min(far[cell], far[cell - 1] + 1);
        far[cell] = Math.min(far[cell], far[cell - SIDE] + 1);
        far[cell] = Math.min(far[cell], far[cell - SIDE - 1] + 1.414f);
        far[cell] = Math.min(far[cell], far[cell - SIDE + 1] + 1.414f);
      }
    }
    for (int row = SIDE - 2; row >= 0; row--) {
      for (int column = SIDE - 2; column > 0; column--) {
        int cell = row * SIDE + column;
        far[cell] = Math.min(far[cell], far[cell + 1] + 1);
        far[cell] = Math.min(far[cell], far[cell + SIDE] + 1);
        far[cell] = Math.min(far[cell], far[cell + SIDE + 1] + 1.414f);
        far[cell] = Math.min(far[cell], far[cell + SIDE - 1] + 1.414f);
      }
    }
    return far;
  }

  private static boolean isEdge(boolean[] inside, int[] colour, int cell) {
    int column = cell % SIDE;
    int right = column + 1 < SIDE ? cell + 1 : cell;
    int below = cell + SIDE < inside.length ? cell + SIDE : cell;
    return !inside[right]
        || !inside[below]
        || column == 0
        || differ(colour[cell], colour[right])
        || differ(colour[cell], colour[below]);
  }

  private static boolean differ(int one, int other) {
    int distance = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      distance += Math.abs(((one >> shift) & 255) - ((other >> shift) & 255));
    }
    return distance > EDGE;
  }

  private static float[] bulge(boolean[] inside) {
    int step = SIDE / COARSE;
    boolean[] cells = new boolean[COARSE * COARSE];
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] =
          inside[(cell / COARSE * step + step / 2) * SIDE + cell % COARSE * step + step / 2];
    }
    return Inflation.of(new Foreground(COARSE, COARSE, cells, new int[cells.length]));
  }

  private static float between(float[] values, int columns, float x, float y) {
    int column = Math.max(0, Math.min(columns - 2, (int) x));
    int row = Math.max(0, Math.min(values.length / columns - 2, (int) y));
    float right = Math.max(0, Math.min(1, x - column));
    float down = Math.max(0, Math.min(1, y - row));
    int at = row * columns + column;
    float above = values[at] * (1 - right) + values[at + 1] * right;
    float below = values[at + columns] * (1 - right) + values[at + columns + 1] * right;
    return above * (1 - down) + below * down;
  }

  /** Returns the height at a position, both in cells. */
  float at(float column, float row) {
    return between(height, SIDE, column, row);
  }

  /** Returns the distance to the edge of the field at a position, both in cells. */
  float toEdge(float column, float row) {
    return between(toEdge, SIDE, column, row);
  }

  /** Returns the light on each cell, 0 to 1, from the upper left. */
  float[] light() {
    float[] light = new float[height.length];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        light[row * SIDE + column] = light(slope(row, column, 1), slope(row, column, SIDE));
      }
    }
    return light;
  }

  /** Returns the light on a plane with these slopes to the right and downwards. */
  static float light(float toRight, float down) {
    double length = Math.sqrt(toRight * toRight + down * down + 1);
    return (float) Math.max(0, (0.38 * toRight + 0.5 * down + 0.78) / length);
  }

  private float slope(int row, int column, int step) {
    int place = step == 1 ? column : row;
    int cell = row * SIDE + column;
    int before = place > 0 ? cell - step : cell;
    int after = place < SIDE - 1 ? cell + step : cell;
    return (height[after] - height[before]) / 2;
  }

  /** Interpolates a value of cells at a pixel of a picture with this many times the resolution. */
  static float smooth(float[] ofCells, int row, int column, int times) {
    return between(ofCells, SIDE, (column + 0.5f) / times - 0.5f, (row + 0.5f) / times - 0.5f);
  }
}
