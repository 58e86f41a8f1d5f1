package io.maquette.mesh.edit;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Solid of a mesh as samples on a cubic grid. A sample belongs to the solid if at least three of
 * the six directions along the axes find it inside, by the triangles that a ray crosses and by
 * their orientation. So holes, inverted triangles and overlapping parts do no harm.
 */
final class VoxelGrid {

  /** Samples outside the model on each side. */
  static final int MARGIN = 3;

  /** Offset of the rays from the samples, in cells, so that no ray meets an edge. */
  private static final double JITTER = 1.37e-4;

  /** Votes of six directions from which a sample is inside. */
  private static final int MAJORITY = 3;

  private static final int MAX_CROSSINGS = 48_000_000;

  /** Distance of two samples in millimetres. */
  final double cell;

  /** Number of samples along X, Y and Z. */
  final int[] size = new int[3];

  /** Place of the first sample. */
  final double[] origin = new double[3];

  final BitSet solid;

  private long[] crossings = new long[1 << 12];
  private int count;

  /**
   * Creates an empty grid around a mesh.
   *
   * @param wanted distance of two samples in millimetres; larger if the grid would be too large
   * @param most maximum number of samples
   */
  VoxelGrid(EditMesh mesh, double wanted, int most) throws EditException {
    double longest = mesh.longest();
    if (!(longest > 0) || !(longest < 1e7)) {
      throw new EditException(EditException.Reason.EMPTY, "the model has no size");
    }
    double length = Math.max(wanted, longest / 2000);
    while (samples(mesh, length) > most) {
      length *= 1.02;
    }
    cell = length;
    for (int axis = 0; axis < 3; axis++) {
      size[axis] = along(mesh, axis, cell);
      float[] extent = mesh.extent(axis);
      double middle = ((double) extent[0] + extent[1]) / 2;
      origin[axis] = middle - (size[axis] - 1) / 2.0 * cell;
    }
    solid = new BitSet(sampleCount());
  }

  private static int along(EditMesh mesh, int axis, double cell) {
    return (int) Math.ceil(mesh.size(axis) / cell) + 2 * MARGIN + 1;
  }

  private static double samples(EditMesh mesh, double cell) {
    return (double) along(mesh, 0, cell) * along(mesh, 1, cell) * along(mesh, 2, cell);
  }

  int sampleCount() {
    return size[0] * size[1] * size[2];
  }

  int index(int x, int y, int z) {
    return x + size[0] * (y + size[1] * z);
  }

  double place(int sample, int axis) {
    return origin[axis] + sample * cell;
  }

  /** Fills the solid of a mesh. */
  void fill(EditMesh mesh, EditProgress progress) throws EditException, InterruptedException {
    byte[] votes = new byte[sampleCount()];
    for (int axis = 0; axis < 3; axis++) {
      EditProgress step = progress.part(axis / 3.0, (axis + 1) / 3.0);
      count = 0;
      for (int face = 0; face < mesh.faceCount(); face++) {
        step.at(face, mesh.faceCount());
        cross(mesh, face, axis);
      }
      Arrays.sort(crossings, 0, count);
      vote(votes, axis);
    }
    crossings = new long[0];
    for (int at = 0; at < votes.length; at++) {
      if (Math.abs(votes[at]) >= MAJORITY) {
        solid.set(at);
      }
    }
    progress.at(1);
  }

  /** Adds the crossings of a triangle with the rays along an axis: ray, height and direction. */
  private void cross(EditMesh mesh, int face, int axis) throws EditException {
    int u = (axis + 1) % 3;
    int v = (axis + 2) % 3;
    double[] x = new double[3];
    double[] y = new double[3];
    double[] h = new double[3];
    for (int side = 0; side < 3; side++) {
      int at = 3 * mesh.corners()[3 * face + side];
      x[side] = (mesh.positions()[at + u] - origin[u]) / cell - JITTER;
      y[side] = (mesh.positions()[at + v] - origin[v]) / cell + 1.7 * JITTER;
      h[side] = (mesh.positions()[at + axis] - origin[axis]) / cell;
    }
    double area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]);
    if (area == 0) {
      return;
    }
    int firstX = (int) Math.ceil(Math.min(x[0], Math.min(x[1], x[2])));
    int lastX = (int) Math.floor(Math.max(x[0], Math.max(x[1], x[2])));
    int firstY = (int) Math.ceil(Math.min(y[0], Math.min(y[1], y[2])));
    int lastY = (int) Math.floor(Math.max(y[0], Math.max(y[1], y[2])));
    for (int row = firstY; row <= lastY; row++) {
      for (int column = firstX; column <= lastX; column++) {
        double a = edge(x, y, 1, 2, column, row);
        double b = edge(x, y, 2, 0, column, row);
        double c = edge(x, y, 0, 1, column, row);
        boolean isInside = area > 0 ? a >= 0 && b >= 0 && c >= 0 : a <= 0 && b <= 0 && c <= 0;
        if (isInside) {
          add(column + (long) size[u] * row, (a * h[0] + b * h[1] + c * h[2]) / area, area < 0);
        }
      }
    }
  }

  private static double edge(double[] x, double[] y, int from, int to, int column, int row) {
    return (x[to] - x[from]) * (row - y[from]) - (y[to] - y[from]) * (column - x[from]);
  }

  /** Adds a crossing; heights have a resolution of 1/4096 cell. */
  private void add(long ray, double height, boolean enters) throws EditException {
    if (count == crossings.length) {
      if (count >= MAX_CROSSINGS) {
        throw new EditException(
            EditException.Reason.TOO_MANY_FACES, "too many layers of triangles");
      }
      crossings = Arrays.copyOf(crossings, count + count / 2);
    }
    long level = Math.max(0, Math.min((1 << 24) - 1, Math.round(height * 4096)));
    crossings[count] = ray << 25 | level << 1 | (enters ? 1 : 0);
    count++;
  }

  /** Adds the votes of the two directions along an axis: entries below minus entries above. */
  private void vote(byte[] votes, int axis) {
    int u = (axis + 1) % 3;
    int v = (axis + 2) % 3;
    int[] stride = {1, size[0], size[0] * size[1]};
    for (int at = 0; at < count; ) {
      long ray = crossings[at] >>> 25;
      int end = at;
      int sum = 0;
      while (end < count && crossings[end] >>> 25 == ray) {
        sum += direction(crossings[end]);
        end++;
      }
      int base = (int) (ray % size[u]) * stride[u] + (int) (ray / size[u]) * stride[v];
      int below = 0;
      int next = at;
      for (int sample = 0; sample < size[axis]; sample++) {
        while (next < end && (crossings[next] >> 1 & 0xFFFFFF) <= 4096L * sample) {
          below += direction(crossings[next]);
          next++;
        }
        // Each direction has one vote, so that no sample beyond the model is inside.
        int vote = Integer.signum(below) + Integer.signum(below - sum);
        votes[base + sample * stride[axis]] = (byte) (votes[base + sample * stride[axis]] + vote);
      }
      at = end;
    }
  }

  private static int direction(long crossing) {
    return (crossing & 1) == 1 ? 1 : -1;
  }

  /**
   * Adds samples to the solid until its surface is a manifold: no two samples touch only at an edge
   * or a corner (Latecki, "3D Well-Composed Pictures", 1997). It ends, because samples are only
   * added, and only within the box around the solid.
   */
  void makeWellComposed(EditProgress progress) throws InterruptedException {
    boolean hasChanged = true;
    while (hasChanged) {
      hasChanged = false;
      for (int z = 1; z < size[2] - 2; z++) {
        progress.at((double) z / size[2]);
        for (int y = 1; y < size[1] - 2; y++) {
          int row = index(0, y, z);
          for (int x = 1; x < size[0] - 2; x++) {
            hasChanged |= compose(row + x);
          }
        }
      }
    }
  }

  private int eight(int at) {
    int mask = 0;
    for (int corner = 0; corner < 8; corner++) {
      int sample =
          at + (corner & 1) + (corner >> 1 & 1) * size[0] + (corner >> 2) * size[0] * size[1];
      mask |= solid.get(sample) ? 1 << corner : 0;
    }
    return mask;
  }

  /** Adds one sample if the eight samples from the given one on are critical. */
  private boolean compose(int at) {
    int mask = eight(at);
    if (mask == 0 || mask == 255) {
      return false;
    }
    int extra = critical(mask);
    if (extra < 0) {
      return false;
    }
    solid.set(at + (extra & 1) + (extra >> 1 & 1) * size[0] + (extra >> 2) * size[0] * size[1]);
    compose(at);
    return true;
  }

  /** Returns a corner to add if a cell's surface is no manifold there; -1 if it is. */
  static int critical(int mask) {
    for (int a = 0; a < 3; a++) {
      int b = 1 << (a + 1) % 3;
      int c = 1 << (a + 2) % 3;
      for (int base = 0; base <= 1 << a; base += 1 << a) {
        boolean p = (mask >> base & 1) == 1;
        boolean q = (mask >> (base | b) & 1) == 1;
        boolean r = (mask >> (base | c) & 1) == 1;
        boolean s = (mask >> (base | b | c) & 1) == 1;
        if (p == s && q == r && p != q) {
          return p ? base | b : base;
        }
      }
    }
    for (int corner = 0; corner < 4; corner++) {
      int pair = 1 << corner | 1 << (7 - corner);
      if (mask == pair) {
        return corner ^ 1;
      }
      if (mask == (255 & ~pair)) {
        return corner;
      }
    }
    return -1;
  }
}
