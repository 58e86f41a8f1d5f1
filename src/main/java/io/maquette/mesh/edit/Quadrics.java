package io.maquette.mesh.edit;

/**
 * Error quadrics of points: the sum of squared distances to planes, weighted by area (Garland and
 * Heckbert 1997, "Surface Simplification Using Quadric Error Metrics"). Each quadric is relative to
 * its point, so that floats are precise enough.
 */
final class Quadrics {

  private static final int SIZE = 10;

  /** Determinant relative to the cube of the trace below which the planes have no single point. */
  private static final double SINGULAR = 1e-8;

  /** xx, xy, xz, yy, yz, zz, x, y, z, constant of each point. */
  private final float[] values;

  private final float[] positions;

  Quadrics(float[] positions) {
    this.positions = positions;
    values = new float[positions.length / 3 * SIZE];
  }

  /**
   * Adds a plane to a point.
   *
   * @param at a point on the plane
   * @param normal of length 1
   */
  void addPlane(int point, int at, double[] normal, double weight) {
    double distance = 0;
    for (int axis = 0; axis < 3; axis++) {
      distance += normal[axis] * ((double) positions[3 * point + axis] - positions[3 * at + axis]);
    }
    int index = SIZE * point;
    double x = normal[0];
    double y = normal[1];
    double z = normal[2];
    add(index, weight * x * x);
    add(index + 1, weight * x * y);
    add(index + 2, weight * x * z);
    add(index + 3, weight * y * y);
    add(index + 4, weight * y * z);
    add(index + 5, weight * z * z);
    add(index + 6, weight * x * distance);
    add(index + 7, weight * y * distance);
    add(index + 8, weight * z * distance);
    add(index + 9, weight * distance * distance);
  }

  private void add(int index, double value) {
    values[index] = (float) (values[index] + value);
  }

  /** Returns the weighted squared distance of a place to the planes of a point. */
  private double error(int point, double[] place) {
    int at = SIZE * point;
    double x = place[0] - positions[3 * point];
    double y = place[1] - positions[3 * point + 1];
    double z = place[2] - positions[3 * point + 2];
    return x * (values[at] * x + 2 * (values[at + 1] * y + values[at + 2] * z + values[at + 6]))
        + y * (values[at + 3] * y + 2 * (values[at + 4] * z + values[at + 7]))
        + z * (values[at + 5] * z + 2 * (double) values[at + 8])
        + values[at + 9];
  }

  /**
   * Finds the best place for two points that become one.
   *
   * @param place receives it
   * @return the error there
   */
  double best(int one, int other, double[] place) {
    double best = Double.POSITIVE_INFINITY;
    double[] trial = new double[3];
    for (int choice = 0; choice < 4; choice++) {
      if (choice > 0) {
        between(one, other, choice, trial);
      } else if (!solve(one, other, trial)) {
        continue;
      }
      double error = Math.max(0, error(one, trial) + error(other, trial));
      if (error < best) {
        best = error;
        System.arraycopy(trial, 0, place, 0, 3);
      }
    }
    double length = 0;
    for (int axis = 0; axis < 3; axis++) {
      double side = (double) positions[3 * one + axis] - positions[3 * other + axis];
      length += side * side;
    }
    return best + 1e-7 * length * (trace(one) + trace(other)); // short edges first on a plane
  }

  private double trace(int point) {
    int at = SIZE * point;
    return (double) values[at] + values[at + 3] + values[at + 5];
  }

  private void between(int one, int other, int choice, double[] place) {
    for (int axis = 0; axis < 3; axis++) {
      double a = positions[3 * one + axis];
      double b = positions[3 * other + axis];
      place[axis] = choice == 1 ? (a + b) / 2 : choice == 2 ? a : b;
    }
  }

  /** Finds the place of the least error, if the planes determine it near the two points. */
  private boolean solve(int one, int other, double[] place) {
    int p = SIZE * one;
    int q = SIZE * other;
    double dx = (double) positions[3 * other] - positions[3 * one];
    double dy = (double) positions[3 * other + 1] - positions[3 * one + 1];
    double dz = (double) positions[3 * other + 2] - positions[3 * one + 2];
    double xx = (double) values[p] + values[q];
    double xy = (double) values[p + 1] + values[q + 1];
    double xz = (double) values[p + 2] + values[q + 2];
    double yy = (double) values[p + 3] + values[q + 3];
    double yz = (double) values[p + 4] + values[q + 4];
    double zz = (double) values[p + 5] + values[q + 5];
    double x = values[p + 6] + values[q + 6] - product(q, 0, 1, 2, dx, dy, dz);
    double y = values[p + 7] + values[q + 7] - product(q, 1, 3, 4, dx, dy, dz);
    double z = values[p + 8] + values[q + 8] - product(q, 2, 4, 5, dx, dy, dz);
    double c0 = yy * zz - yz * yz;
    double c1 = xz * yz - xy * zz;
    double c2 = xy * yz - xz * yy;
    double determinant = xx * c0 + xy * c1 + xz * c2;
    double trace = xx + yy + zz;
    if (!(determinant > SINGULAR * trace * trace * trace)) {
      return false;
    }
    double c4 = xx * zz - xz * xz;
    double c5 = xy * xz - xx * yz;
    double c8 = xx * yy - xy * xy;
    double mx = -(c0 * x + c1 * y + c2 * z) / determinant;
    double my = -(c1 * x + c4 * y + c5 * z) / determinant;
    double mz = -(c2 * x + c5 * y + c8 * z) / determinant;
    place[0] = positions[3 * one] + mx;
    place[1] = positions[3 * one + 1] + my;
    place[2] = positions[3 * one + 2] + mz;
    double squared = dx * dx + dy * dy + dz * dz;
    return mx * mx + my * my + mz * mz <= 4 * squared;
  }

  private double product(int at, int i, int j, int k, double x, double y, double z) {
    return values[at + i] * x + values[at + j] * y + values[at + k] * z;
  }

  /** Merges the second point into the first, which moves to a place. */
  void merge(int one, int other, double[] place) {
    shift(one, place);
    shift(other, place);
    for (int at = 0; at < SIZE; at++) {
      add(SIZE * one + at, values[SIZE * other + at]);
    }
    for (int axis = 0; axis < 3; axis++) {
      positions[3 * one + axis] = (float) place[axis];
    }
  }

  private void shift(int point, double[] place) {
    int at = SIZE * point;
    double error = error(point, place);
    double x = (float) place[0] - positions[3 * point];
    double y = (float) place[1] - positions[3 * point + 1];
    double z = (float) place[2] - positions[3 * point + 2];
    double first = product(at, 0, 1, 2, x, y, z);
    double second = product(at, 1, 3, 4, x, y, z);
    double third = product(at, 2, 4, 5, x, y, z);
    add(at + 6, first);
    add(at + 7, second);
    add(at + 8, third);
    values[at + 9] = (float) Math.max(0, error);
  }
}
