package io.maquette.studio;

import java.util.Arrays;

/**
 * Builder of a solid from a silhouette. The front is inflated and has detail from the picture's
 * shading. The back mirrors the front or is flat, and a narrow wall along the outline joins them.
 * Other forms are a plate with a relief, and a lithophane. Front and back have separate vertices
 * and the outline is a set of simple loops. Every edge therefore belongs to exactly two triangles,
 * and the surface is closed.
 */
final class SolidBuilder {

  /** Longest side in metres, a usual size of prints. */
  static final float LONGEST_SIDE = 0.08f;

  /** Fractions of the longest side: the wall along the outline, and a relief's plate. */
  private static final float WALL = 0.012f;

  private static final float PLATE = 0.025f;

  /** Depth of a body and of a relief, relative to a balloon's depth. */
  private static final float DEPTH = 0.85f;

  private static final float RELIEF_DEPTH = 0.3f;

  /** Height difference of white and black, as a fraction of the longest side. */
  private static final float DETAIL = 0.04f;

  /**
   * Inflated height at which detail reaches its full size, as a fraction of the longest side; it is
   * zero at the outline.
   */
  private static final float DETAIL_FROM = 0.03f;

  /**
   * Thickness of a lithophane where the picture is white, and the additional thickness where it is
   * black.
   */
  private static final float THINNEST = 0.01f;

  private static final float THICKER = 0.03f;
  private static final int SMOOTHING = 6;

  private final Foreground subject;
  private final Sculpting.Form form;
  private final Foreground shape;
  private final Baseplate stand; // null if there is none
  private final float pictureWidth;
  private final float pictureHeight;
  private final int columns;
  private final int rows;

  /** Index of a corner's vertex on the front; the one on the back is {@link #count} higher. */
  private final int[] number;

  private int count;
  private float[] x;
  private float[] y;

  private SolidBuilder(Foreground subject, Sculpting sculpting) {
    form = sculpting.form();
    stand = form == Sculpting.Form.STANDING ? Baseplate.under(subject) : null;
    this.subject = stand == null ? subject : stand.figure();
    shape = stand != null ? stand.shape() : sculpting.isPlate() ? subject.whole() : subject;
    pictureWidth = subject.width();
    pictureHeight = subject.height();
    columns = shape.width() + 1;
    rows = shape.height() + 1;
    number = new int[columns * rows];
  }

  /**
   * Builds the solid of a picture's foreground, upright, front towards +Z, standing on y = 0.
   *
   * @param skin texture of the solid
   */
  static GlbWriter.Mesh of(Foreground subject, Sculpting sculpting, byte[] skin) {
    return new SolidBuilder(subject, sculpting).mesh(skin);
  }

  private GlbWriter.Mesh mesh(byte[] skin) {
    numberCorners();
    smoothOutline();
    float longest = Math.max(max(x) - min(x), max(y) - min(y));
    float[] front = front(longest);
    float[] positions = new float[6 * count];
    float[] places = new float[4 * count];
    float scale = LONGEST_SIDE / longest;
    float left = min(x) + (max(x) - min(x)) / 2;
    float bottom = max(y);
    for (int corner = 0; corner < number.length; corner++) {
      int vertex = number[corner];
      if (vertex >= 0) {
        float back = isMirrored() ? -front[corner] : 0;
        float px = (x[vertex] - left) * scale;
        float py = (bottom - y[vertex]) * scale;
        put(positions, vertex, px, py, front[corner] * scale);
        put(positions, vertex + count, px, py, back * scale);
        float[] place = place(corner);
        for (int side : new int[] {vertex, vertex + count}) {
          places[2 * side] = place[0];
          places[2 * side + 1] = place[1];
        }
      }
    }
    int[] indices = triangles();
    return new GlbWriter.Mesh(positions, normals(positions, indices), places, indices, skin);
  }

  private boolean isMirrored() {
    return form == Sculpting.Form.ROUND || form == Sculpting.Form.STANDING;
  }

  /** Returns the texture coordinates of a corner; the stand has the colour between the feet. */
  private float[] place(int corner) {
    int vertex = number[corner];
    if (stand == null) {
      return new float[] {x[vertex] / pictureWidth, y[vertex] / pictureHeight};
    }
    boolean isStand = stand.has(corner % columns, corner / columns);
    float px = isStand ? (float) stand.middle() : x[vertex];
    float py = isStand ? stand.firstRow() : y[vertex];
    return new float[] {
      Math.max(0, Math.min(1, (px - stand.shift()) / pictureWidth)),
      Math.max(0, Math.min(1, py / pictureHeight))
    };
  }

  /**
   * Returns the distance of the front from the middle, or from the flat back, at each corner; in
   * cells.
   */
  private float[] front(float longest) {
    float[] front = new float[number.length];
    if (form == Sculpting.Form.LITHOPHANE) {
      float[] lightness = new Shading(shape).lightness();
      for (int corner = 0; corner < front.length; corner++) {
        front[corner] = longest * (THINNEST + THICKER * (1 - lightness[corner]));
      }
      return front;
    }
    float[] heights = Inflation.of(subject);
    float[] detail = new Shading(subject).detail();
    boolean isRelief = form == Sculpting.Form.RELIEF;
    float least = longest * (isRelief ? PLATE : WALL) / (isMirrored() ? 2 : 1);
    float depth = isRelief ? RELIEF_DEPTH : DEPTH;
    for (int corner = 0; corner < front.length; corner++) {
      float share = Math.min(1, heights[corner] / (DETAIL_FROM * longest));
      float stands = depth * heights[corner] + DETAIL * longest * share * detail[corner];
      front[corner] = least + Math.max(0, stands);
      if (stand != null && stand.has(corner % columns, corner / columns)) {
        front[corner] = Math.max(front[corner], stand.depth(corner % columns));
      }
    }
    return front;
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
          indices.add(to, from, from + count);
          indices.add(to, from + count, to + count);
        });
    return indices.toArray();
  }

  private static float[] normals(float[] positions, int[] indices) {
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
    for (int i = 0; i < normals.length; i += 3) {
      double length = Math.hypot(Math.hypot(normals[i], normals[i + 1]), normals[i + 2]);
      boolean none = length == 0;
      normals[i] = none ? 0 : (float) (normals[i] / length);
      normals[i + 1] = none ? 0 : (float) (normals[i + 1] / length);
      normals[i + 2] = none ? 1 : (float) (normals[i + 2] / length);
    }
    return normals;
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
