package io.maquette.mesh;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Solid of a surface as a grid of cubic cells in layers, Y up. A cell belongs to the solid if its
 * centre is inside the surface by the non-zero winding rule, so overlapping parts count once. Walls
 * thinner than a cell may be missing.
 */
final class VoxelSolid {

  /** Maximum number of cells along the longest side. */
  private static final int MAX_CELLS = 192;

  /** Minimum length of a cell in millimetres: about one line of a printer with a 0.4 mm nozzle. */
  private static final double MIN_CELL = 0.4;

  /** Offset of the columns from the cells' centres, in cells, so that no ray meets an edge. */
  private static final double JITTER_X = 1.37e-4;

  private static final double JITTER_Z = -2.11e-4;

  /** Length of a cell in millimetres. */
  final double cell;

  /** Number of cells along X, Y and Z. */
  final int width;

  final int height;
  final int depth;

  private final BitSet[] layers;
  private final BitSet bottom = new BitSet();

  /** Crossings of the columns and the surface: column, height, and direction in one number each. */
  private long[] crossings = new long[1 << 12];

  private int count;

  /**
   * Computes the solid of a surface.
   *
   * @param contactHeight height in millimetres at which the contact with the build plate is taken
   */
  VoxelSolid(Surface surface, double contactHeight) {
    float[][] extents = {surface.extent(0), surface.extent(1), surface.extent(2)};
    double longest = 0;
    for (float[] extent : extents) {
      longest = Math.max(longest, (double) extent[1] - extent[0]);
    }
    cell = Math.max(MIN_CELL, longest / MAX_CELLS);
    width = cells(extents[0]);
    height = cells(extents[1]);
    depth = cells(extents[2]);
    layers = new BitSet[height];
    Arrays.setAll(layers, layer -> new BitSet(width * depth));
    for (int face = 0; face < surface.faceCount(); face++) {
      cross(surface, face, extents);
    }
    fill(contactHeight / cell);
    crossings = null;
  }

  private int cells(float[] extent) {
    return Math.max(1, (int) Math.ceil(((double) extent[1] - extent[0]) / cell));
  }

  /** Returns the cells of a layer, at index x + width * z. Callers do not change the set. */
  BitSet layer(int layer) {
    return layers[layer];
  }

  /** Returns the columns that touch the build plate. Callers do not change the set. */
  BitSet bottom() {
    return bottom;
  }

  /** Returns the cells of a layer and all their neighbours in the layer. */
  BitSet widened(BitSet cells) {
    BitSet wide = new BitSet(width * depth);
    for (int at = cells.nextSetBit(0); at >= 0; at = cells.nextSetBit(at + 1)) {
      int x = at % width;
      int z = at / width;
      int from = Math.max(0, x - 1);
      int to = Math.min(width - 1, x + 1);
      for (int row = Math.max(0, z - 1); row <= Math.min(depth - 1, z + 1); row++) {
        wide.set(from + width * row, to + width * row + 1);
      }
    }
    return wide;
  }

  private void cross(Surface surface, int face, float[][] extents) {
    double[] x = new double[3];
    double[] y = new double[3];
    double[] z = new double[3];
    for (int side = 0; side < 3; side++) {
      int at = 3 * surface.corners()[3 * face + side];
      x[side] = (surface.positions()[at] - (double) extents[0][0]) / cell - 0.5 - JITTER_X;
      y[side] = (surface.positions()[at + 1] - (double) extents[1][0]) / cell;
      z[side] = (surface.positions()[at + 2] - (double) extents[2][0]) / cell - 0.5 - JITTER_Z;
    }
    double area = (x[1] - x[0]) * (z[2] - z[0]) - (x[2] - x[0]) * (z[1] - z[0]);
    if (area == 0) {
      return; // vertical
    }
    int firstRow = Math.max(0, (int) Math.ceil(min(z)));
    int lastRow = Math.min(depth - 1, (int) Math.floor(max(z)));
    int firstColumn = Math.max(0, (int) Math.ceil(min(x)));
    int lastColumn = Math.min(width - 1, (int) Math.floor(max(x)));
    for (int row = firstRow; row <= lastRow; row++) {
      for (int column = firstColumn; column <= lastColumn; column++) {
        double a = ((x[1] - column) * (z[2] - row) - (x[2] - column) * (z[1] - row)) / area;
        double b = ((x[2] - column) * (z[0] - row) - (x[0] - column) * (z[2] - row)) / area;
        double c = 1 - a - b;
        if (a >= 0 && b >= 0 && c >= 0) {
          // seen from above, area > 0 means that the triangle faces down: the ray enters
          add(column + width * row, a * y[0] + b * y[1] + c * y[2], area > 0);
        }
      }
    }
  }

  private static double min(double[] three) {
    return Math.min(three[0], Math.min(three[1], three[2]));
  }

  private static double max(double[] three) {
    return Math.max(three[0], Math.max(three[1], three[2]));
  }

  private void add(int column, double height, boolean enters) {
    if (count == crossings.length) {
      crossings = Arrays.copyOf(crossings, 2 * count);
    }
    // heights of 0 to MAX_CELLS with 20 bits of fraction, which sort as they are
    long fixed = Math.round(Math.max(0, height) * (1 << 20));
    crossings[count++] = (long) column << 32 | fixed << 1 | (enters ? 1 : 0);
  }

  private void fill(double contact) {
    Arrays.sort(crossings, 0, count);
    for (int at = 0; at < count; ) {
      int column = (int) (crossings[at] >>> 32);
      int winding = 0;
      double from = 0;
      for (; at < count && (int) (crossings[at] >>> 32) == column; at++) {
        double y = ((crossings[at] & 0xFFFF_FFFFL) >>> 1) / (double) (1 << 20);
        if (winding != 0) {
          fill(column, from, y, contact);
        }
        winding += (crossings[at] & 1) == 1 ? 1 : -1;
        from = y;
      }
    }
  }

  private void fill(int column, double from, double to, double contact) {
    int first = (int) Math.ceil(from - 0.5);
    int last = (int) Math.ceil(to - 0.5) - 1;
    for (int layer = Math.max(0, first); layer <= Math.min(height - 1, last); layer++) {
      layers[layer].set(column);
    }
    if (from <= contact && to > contact) {
      bottom.set(column);
    }
  }
}
