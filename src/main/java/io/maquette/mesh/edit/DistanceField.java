package io.maquette.mesh.edit;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Squared distance of each sample of a grid to the nearest sample outside the solid, in cells
 * (Felzenszwalb and Huttenlocher 2012, "Distance Transforms of Sampled Functions").
 */
final class DistanceField {

  private static final int FAR = 1 << 28;

  private final int[] squared;

  DistanceField(VoxelGrid grid, EditProgress progress) throws InterruptedException {
    squared = new int[grid.sampleCount()];
    BitSet solid = grid.solid;
    for (int at = solid.nextSetBit(0); at >= 0; at = solid.nextSetBit(at + 1)) {
      squared[at] = FAR;
    }
    int[] stride = {1, grid.size[0], grid.size[0] * grid.size[1]};
    for (int axis = 0; axis < 3; axis++) {
      int u = (axis + 1) % 3;
      int v = (axis + 2) % 3;
      Line line = new Line(grid.size[axis]);
      for (int j = 0; j < grid.size[v]; j++) {
        progress.at((axis + (double) j / grid.size[v]) / 3);
        for (int i = 0; i < grid.size[u]; i++) {
          line.transform(squared, i * stride[u] + j * stride[v], stride[axis]);
        }
      }
    }
  }

  /** Returns the squared distance of a sample. */
  int squared(int sample) {
    return squared[sample];
  }

  /** Lower envelope of parabolas along one line. */
  private static final class Line {
    private final int[] values;
    private final int[] roots;
    private final double[] bounds;

    Line(int length) {
      values = new int[length];
      roots = new int[length];
      bounds = new double[length + 1];
    }

    void transform(int[] field, int base, int stride) {
      boolean isClear = true;
      for (int at = 0; at < values.length; at++) {
        values[at] = field[base + at * stride];
        isClear &= values[at] == 0;
      }
      if (isClear) {
        return;
      }
      int last = 0;
      roots[0] = 0;
      Arrays.fill(bounds, Double.POSITIVE_INFINITY);
      bounds[0] = Double.NEGATIVE_INFINITY;
      for (int at = 1; at < values.length; at++) {
        double meets = meeting(at, roots[last]);
        while (meets <= bounds[last]) {
          last--;
          meets = meeting(at, roots[last]);
        }
        last++;
        roots[last] = at;
        bounds[last] = meets;
        bounds[last + 1] = Double.POSITIVE_INFINITY;
      }
      int root = 0;
      for (int at = 0; at < values.length; at++) {
        while (bounds[root + 1] < at) {
          root++;
        }
        int away = at - roots[root];
        field[base + at * stride] = Math.min(FAR, away * away + values[roots[root]]);
      }
    }

    private double meeting(int at, int root) {
      double above = (double) values[at] + (double) at * at;
      double under = (double) values[root] + (double) root * root;
      return (above - under) / (2.0 * (at - root));
    }
  }
}
