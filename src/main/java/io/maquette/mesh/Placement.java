package io.maquette.mesh;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;

/**
 * Placement of a node's content: a column-major matrix as in glTF (section 3.5.3
 * "Transformations").
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record Placement(double[] matrix) {

  /** Conversion from a file's metres to millimetres. */
  static final Placement MILLIMETRES =
      new Placement(new double[] {1000, 0, 0, 0, 0, 1000, 0, 0, 0, 0, 1000, 0, 0, 0, 0, 1});

  /** Returns the placement of a node within this one. */
  Placement with(JsonObject node) {
    return with(
        node.containsKey("matrix") ? numbers(node.getJsonArray("matrix"), 16) : parts(node));
  }

  /**
   * Returns the placement of a translation, a rotation (x, y, z, w) and a scale within this one.
   */
  Placement with(double[] move, double[] turn, double[] size) {
    return with(matrix(move, turn, size));
  }

  /** Returns the placement of a column-major matrix within this one. */
  Placement with(double[] local) {
    double[] product = new double[16];
    for (int column = 0; column < 4; column++) {
      for (int row = 0; row < 4; row++) {
        for (int i = 0; i < 4; i++) {
          product[4 * column + row] += matrix[4 * i + row] * local[4 * column + i];
        }
      }
    }
    return new Placement(product);
  }

  private static double[] parts(JsonObject node) {
    return matrix(
        numbers(node, "translation", 0, 0, 0),
        numbers(node, "rotation", 0, 0, 0, 1),
        numbers(node, "scale", 1, 1, 1));
  }

  private static double[] matrix(double[] move, double[] turn, double[] size) {
    double x = turn[0];
    double y = turn[1];
    double z = turn[2];
    double w = turn[3];
    double[] rotation = {
      1 - 2 * (y * y + z * z),
      2 * (x * y + z * w),
      2 * (x * z - y * w),
      2 * (x * y - z * w),
      1 - 2 * (x * x + z * z),
      2 * (y * z + x * w),
      2 * (x * z + y * w),
      2 * (y * z - x * w),
      1 - 2 * (x * x + y * y)
    };
    double[] local = new double[16];
    for (int axis = 0; axis < 3; axis++) {
      for (int row = 0; row < 3; row++) {
        local[4 * axis + row] = rotation[3 * axis + row] * size[axis];
      }
      local[12 + axis] = move[axis];
    }
    local[15] = 1;
    return local;
  }

  private static double[] numbers(JsonObject node, String name, double... otherwise) {
    return node.containsKey(name) ? numbers(node.getJsonArray(name), otherwise.length) : otherwise;
  }

  private static double[] numbers(JsonArray array, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = ((JsonNumber) array.get(i)).doubleValue();
    }
    return numbers;
  }

  /** Transforms the point at an index, three numbers, in place. */
  void place(float[] points, int at) {
    double x = points[at];
    double y = points[at + 1];
    double z = points[at + 2];
    for (int row = 0; row < 3; row++) {
      points[at + row] =
          (float) (matrix[row] * x + matrix[4 + row] * y + matrix[8 + row] * z + matrix[12 + row]);
    }
  }

  /** Transforms the normal at an index, three numbers, in place; its length is 1 afterwards. */
  void turn(float[] normals, int at) {
    double x = normals[at];
    double y = normals[at + 1];
    double z = normals[at + 2];
    double[] turned = new double[3];
    for (int row = 0; row < 3; row++) {
      turned[row] = cofactor(row, 0) * x + cofactor(row, 1) * y + cofactor(row, 2) * z;
    }
    double length =
        Math.sqrt(turned[0] * turned[0] + turned[1] * turned[1] + turned[2] * turned[2]);
    if (isMirrored()) {
      length = -length;
    }
    for (int row = 0; row < 3; row++) {
      boolean hasLength = Double.isFinite(length) && length != 0;
      normals[at + row] = hasLength ? (float) (turned[row] / length) : row == 1 ? 1 : 0;
    }
  }

  /** Returns whether the placement makes counter-clockwise triangles clockwise. */
  boolean isMirrored() {
    return matrix[0] * cofactor(0, 0) + matrix[4] * cofactor(0, 1) + matrix[8] * cofactor(0, 2) < 0;
  }

  private double cofactor(int row, int column) {
    int r1 = (row + 1) % 3;
    int r2 = (row + 2) % 3;
    int c1 = 4 * ((column + 1) % 3);
    int c2 = 4 * ((column + 2) % 3);
    return matrix[c1 + r1] * matrix[c2 + r2] - matrix[c2 + r1] * matrix[c1 + r2];
  }
}
