package io.maquette.mesh;

/**
 * Measurement of wall thickness: a ray from a face's centre straight inwards, through a tree of
 * bounding boxes.
 */
final class Rays {

  private static final int LEAF = 8;
  private static final double NEAR = 1e-4;

  private final Surface surface;
  private final int[] faces;
  private final float[] middles;

  /**
   * Minimum and maximum along each axis, six numbers for each node of the tree. The children of
   * node n are 2n+1 and 2n+2.
   */
  private final float[] boxes;

  Rays(Surface surface) {
    this.surface = surface;
    int count = surface.faceCount();
    faces = new int[count];
    middles = new float[3 * count];
    for (int face = 0; face < count; face++) {
      faces[face] = face;
      for (int axis = 0; axis < 3; axis++) {
        middles[3 * face + axis] = (at(face, 0, axis) + at(face, 1, axis) + at(face, 2, axis)) / 3;
      }
    }
    int nodes = 1;
    for (int size = count; size > LEAF; size = (size + 1) / 2) {
      nodes = 2 * nodes + 1;
    }
    boxes = new float[6 * nodes];
    build(0, 0, count);
  }

  private float at(int face, int side, int axis) {
    return surface.positions()[3 * surface.corners()[3 * face + side] + axis];
  }

  private void build(int node, int from, int to) {
    for (int axis = 0; axis < 3; axis++) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        for (int side = 0; side < 3; side++) {
          least = Math.min(least, at(faces[i], side, axis));
          most = Math.max(most, at(faces[i], side, axis));
        }
      }
      boxes[6 * node + axis] = least;
      boxes[6 * node + 3 + axis] = most;
    }
    if (to - from > LEAF) {
      int half = from + (to - from + 1) / 2;
      part(from, to - 1, half, longestAxis(node));
      build(2 * node + 1, from, half);
      build(2 * node + 2, half, to);
    }
  }

  private int longestAxis(int node) {
    int longest = 0;
    for (int axis = 1; axis < 3; axis++) {
      longest = length(node, axis) > length(node, longest) ? axis : longest;
    }
    return longest;
  }

  private float length(int node, int axis) {
    return boxes[6 * node + 3 + axis] - boxes[6 * node + axis];
  }

  /**
   * Partitions the faces by Hoare's selection: faces before the middle have a smaller centre
   * coordinate than faces after it.
   */
  private void part(int first, int last, int half, int axis) {
    int low = first;
    int high = last;
    while (low < high) {
      float pivot = middles[3 * faces[(low + high) >>> 1] + axis];
      int i = low;
      int j = high;
      while (i <= j) {
        while (middles[3 * faces[i] + axis] < pivot) {
          i++;
        }
        while (middles[3 * faces[j] + axis] > pivot) {
          j--;
        }
        if (i <= j) {
          int face = faces[i];
          faces[i++] = faces[j];
          faces[j--] = face;
        }
      }
      if (half <= j) {
        high = j;
      } else if (half >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  /** Returns the thickness of the solid behind a face's centre; infinite if no face bounds it. */
  double depthBehind(int face) {
    double[] facing = surface.facing(face);
    double length =
        Math.sqrt(facing[0] * facing[0] + facing[1] * facing[1] + facing[2] * facing[2]);
    if (length == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double[] direction = new double[3];
    double[] start = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      direction[axis] = -facing[axis] / length;
      start[axis] = middles[3 * face + axis];
    }
    return nearest(0, 0, faces.length, start, direction, face, Double.POSITIVE_INFINITY);
  }

  private double nearest(
      int node, int from, int to, double[] start, double[] direction, int self, double best) {
    if (!isMet(node, start, direction, best)) {
      return best;
    }
    double nearest = best;
    if (to - from <= LEAF) {
      for (int i = from; i < to; i++) {
        if (faces[i] != self) {
          nearest = Math.min(nearest, distance(faces[i], start, direction));
        }
      }
      return nearest;
    }
    int half = from + (to - from + 1) / 2;
    nearest = nearest(2 * node + 1, from, half, start, direction, self, nearest);
    return nearest(2 * node + 2, half, to, start, direction, self, nearest);
  }

  private boolean isMet(int node, double[] start, double[] direction, double best) {
    double enter = 0;
    double leave = best;
    for (int axis = 0; axis < 3; axis++) {
      double least = boxes[6 * node + axis] - start[axis];
      double most = boxes[6 * node + 3 + axis] - start[axis];
      if (Math.abs(direction[axis]) < 1e-12) {
        if (least > 0 || most < 0) {
          return false;
        }
      } else {
        double one = least / direction[axis];
        double other = most / direction[axis];
        enter = Math.max(enter, Math.min(one, other));
        leave = Math.min(leave, Math.max(one, other));
      }
    }
    return enter <= leave;
  }

  /**
   * Returns the distance to a face by Möller and Trumbore's intersection; infinite if the ray
   * misses or hits from outside.
   */
  private double distance(int face, double[] start, double[] direction) {
    double[] edge1 = new double[3];
    double[] edge2 = new double[3];
    double[] offset = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      edge1[axis] = (double) at(face, 1, axis) - at(face, 0, axis);
      edge2[axis] = (double) at(face, 2, axis) - at(face, 0, axis);
      offset[axis] = start[axis] - at(face, 0, axis);
    }
    double[] across = cross(direction, edge2);
    double determinant = dot(edge1, across);
    if (determinant > -1e-12) { // parallel to the ray, or hit from outside
      return Double.POSITIVE_INFINITY;
    }
    double u = dot(offset, across) / determinant;
    double[] around = cross(offset, edge1);
    double v = dot(direction, around) / determinant;
    double distance = dot(edge2, around) / determinant;
    return u < 0 || v < 0 || u + v > 1 || distance < NEAR ? Double.POSITIVE_INFINITY : distance;
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
