package io.maquette.studio;

import java.util.Arrays;

/**
 * Builder of a solid from a silhouette and the depth of its front and back. A wall along the
 * outline joins them. The wall's back edge has separate vertices, because the back has another part
 * of the texture. The outline is a set of simple loops. Every edge therefore belongs to exactly two
 * triangles, and the surface is closed.
 */
final class SolidBuilder {

  private static final int SMOOTHING = 6;

  private final Foreground shape;
  private final int columns;
  private final int rows;

  /** Index of a corner's vertex on the front; the one on the back is {@link #count} higher. */
  private final int[] number;

  private int count;
  private float[] x;
  private float[] y;

  /**
   * Index of a front vertex's companion on the wall's back edge, at the place of the back vertex;
   * -1 if the vertex is not on the outline.
   */
  private int[] companion;

  private int vertices;

  private SolidBuilder(Foreground shape) {
    this.shape = shape;
    columns = shape.width() + 1;
    rows = shape.height() + 1;
    number = new int[columns * rows];
  }

  /**
   * Builds the solid, upright, front towards +Z, standing on y = 0.
   *
   * @param longestSide of the silhouette, in metres
   * @param skin texture of the solid
   */
  static GlbWriter.Mesh of(Foreground shape, Profile profile, float longestSide, byte[] skin) {
    return new SolidBuilder(shape).mesh(profile, longestSide, skin);
  }

  private GlbWriter.Mesh mesh(Profile profile, float longestSide, byte[] skin) {
    numberCorners();
    smoothOutline();
    numberWall();
    float longest = Math.max(max(x) - min(x), max(y) - min(y));
    float[] positions = new float[3 * vertices];
    float[] places = new float[2 * vertices];
    float scale = longestSide / longest;
    float left = min(x) + (max(x) - min(x)) / 2;
    float bottom = max(y);
    for (int corner = 0; corner < number.length; corner++) {
      int vertex = number[corner];
      if (vertex >= 0) {
        float px = (x[vertex] - left) * scale;
        float py = (bottom - y[vertex]) * scale;
        float u = Math.max(0, Math.min(1, x[vertex] / shape.width()));
        float v = Math.max(0, Math.min(1, y[vertex] / shape.height()));
        put(positions, vertex, px, py, profile.front()[corner] * scale);
        put(positions, vertex + count, px, py, profile.back()[corner] * scale);
        places[2 * vertex] = u * TextureBuilder.FRONT;
        places[2 * vertex + 1] = v;
        places[2 * (vertex + count)] = TextureBuilder.FRONT + u * (1 - TextureBuilder.FRONT);
        places[2 * (vertex + count) + 1] = v * TextureBuilder.BACK;
        if (companion[vertex] >= 0) {
          put(positions, companion[vertex], px, py, profile.back()[corner] * scale);
          places[2 * companion[vertex]] = u * TextureBuilder.FRONT;
          places[2 * companion[vertex] + 1] = v;
        }
      }
    }
    int[] indices = triangles();
    return new GlbWriter.Mesh(positions, normals(positions, indices), places, indices, skin);
  }

  /** Numbers the vertices of the wall's back edge. */
  private void numberWall() {
    companion = new int[count];
    Arrays.fill(companion, -1);
    vertices = 2 * count;
    forEachWall(
        (from, to) -> {
          if (companion[from] < 0) {
            companion[from] = vertices++;
          }
        });
  }

  private void numberCorners() {
    Arrays.fill(number, -1);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if (cellsAround(column, row) > 0) {
          number[row * columns + column] = count++;
        }
      }
    }
    x = new float[count];
    y = new float[count];
    for (int corner = 0; corner < number.length; corner++) {
      if (number[corner] >= 0) {
        int row = corner / columns;
        x[number[corner]] = corner % columns;
        y[number[corner]] = row;
      }
    }
  }

  private int cellsAround(int column, int row) {
    return (shape.at(column, row) ? 1 : 0)
        + (shape.at(column - 1, row) ? 1 : 0)
        + (shape.at(column, row - 1) ? 1 : 0)
        + (shape.at(column - 1, row - 1) ? 1 : 0);
  }

  /** Moves each corner of the outline towards the middle of its two neighbours on it. */
  private void smoothOutline() {
    int[] before = new int[count];
    int[] after = new int[count];
    Arrays.fill(before, -1);
    forEachWall(
        (from, to) -> {
          after[from] = to;
          before[to] = from;
        });
    for (int round = 0; round < SMOOTHING; round++) {
      float[] oldX = x.clone();
      float[] oldY = y.clone();
      for (int vertex = 0; vertex < count; vertex++) {
        if (before[vertex] >= 0) {
          x[vertex] = oldX[vertex] / 2 + (oldX[before[vertex]] + oldX[after[vertex]]) / 4;
          y[vertex] = oldY[vertex] / 2 + (oldY[before[vertex]] + oldY[after[vertex]]) / 4;
        }
      }
    }
  }

  private interface Wall {
    void between(int from, int to);
  }

  /** Walks along the outline with the inside on the left, seen from the front with y downwards. */
  private void forEachWall(Wall wall) {
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        if (!shape.at(column, row)) {
          continue;
        }
        int topLeft = number[row * columns + column];
        int topRight = number[row * columns + column + 1];
        int bottomLeft = number[(row + 1) * columns + column];
        int bottomRight = number[(row + 1) * columns + column + 1];
        if (!shape.at(column, row - 1)) {
          wall.between(topRight, topLeft);
        }
        if (!shape.at(column - 1, row)) {
          wall.between(topLeft, bottomLeft);
        }
        if (!shape.at(column, row + 1)) {
          wall.between(bottomLeft, bottomRight);
        }
        if (!shape.at(column + 1, row)) {
          wall.between(bottomRight, topRight);
        }
      }
    }
  }

  private int[] triangles() {
    IntList indices = new IntList();
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        if (shape.at(column, row)) {
          int topLeft = number[row * columns + column];
          int topRight = number[row * columns + column + 1];
          int bottomLeft = number[(row + 1) * columns + column];
          int bottomRight = number[(row + 1) * columns + column + 1];
          indices.add(topLeft, bottomLeft, bottomRight);
          indices.add(topLeft, bottomRight, topRight);
          indices.add(topLeft + count, bottomRight + count, bottomLeft + count);
          indices.add(topLeft + count, topRight + count, bottomRight + count);
        }
      }
    }
    forEachWall(
        (from, to) -> {
          indices.add(to, from, companion[from]);
          indices.add(to, companion[from], companion[to]);
        });
    return indices.toArray();
  }

  private float[] normals(float[] positions, int[] indices) {
    float[] normals = new float[positions.length];
    for (int t = 0; t < indices.length; t += 3) {
      int a = 3 * indices[t];
      int b = 3 * indices[t + 1];
      int c = 3 * indices[t + 2];
      float ux = positions[b] - positions[a];
      float uy = positions[b + 1] - positions[a + 1];
      float uz = positions[b + 2] - positions[a + 2];
      float vx = positions[c] - positions[a];
      float vy = positions[c + 1] - positions[a + 1];
      float vz = positions[c + 2] - positions[a + 2];
      for (int vertex : new int[] {a, b, c}) {
        normals[vertex] += uy * vz - uz * vy;
        normals[vertex + 1] += uz * vx - ux * vz;
        normals[vertex + 2] += ux * vy - uy * vx;
      }
    }
    shareNormals(normals);
    for (int i = 0; i < normals.length; i += 3) {
      double length = Math.hypot(Math.hypot(normals[i], normals[i + 1]), normals[i + 2]);
      boolean none = length == 0;
      normals[i] = none ? 0 : (float) (normals[i] / length);
      normals[i + 1] = none ? 0 : (float) (normals[i + 1] / length);
      normals[i + 2] = none ? 1 : (float) (normals[i + 2] / length);
    }
    return normals;
  }

  /** Gives the vertices at one place of the back the same normal. */
  private void shareNormals(float[] normals) {
    for (int vertex = 0; vertex < count; vertex++) {
      if (companion[vertex] >= 0) {
        int back = 3 * (vertex + count);
        int wall = 3 * companion[vertex];
        for (int axis = 0; axis < 3; axis++) {
          normals[back + axis] += normals[wall + axis];
          normals[wall + axis] = normals[back + axis];
        }
      }
    }
  }

  private static void put(float[] positions, int vertex, float px, float py, float pz) {
    positions[3 * vertex] = px;
    positions[3 * vertex + 1] = py;
    positions[3 * vertex + 2] = pz;
  }

  private static float min(float[] values) {
    float least = Float.MAX_VALUE;
    for (float value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  private static float max(float[] values) {
    float most = -Float.MAX_VALUE;
    for (float value : values) {
      most = Math.max(most, value);
    }
    return most;
  }

  /** Growing list of indices. */
  private static final class IntList {
    private int[] values = new int[1 << 14];
    private int size;

    void add(int a, int b, int c) {
      if (size + 3 > values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      values[size++] = a;
      values[size++] = b;
      values[size++] = c;
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
