package io.maquette.mesh.edit;

import java.util.Arrays;

/** Growing arrays of a mesh that an operation creates. */
final class MeshBuffer {

  private float[] positions = new float[3 << 10];
  private int[] corners = new int[3 << 10];
  private int[] colours = new int[1 << 10];
  private int points;
  private int faces;

  int pointCount() {
    return points;
  }

  int faceCount() {
    return faces;
  }

  /** Adds a point and returns its index. */
  int point(double x, double y, double z) {
    if (3 * points == positions.length) {
      positions = Arrays.copyOf(positions, grown(positions.length));
    }
    positions[3 * points] = (float) x;
    positions[3 * points + 1] = (float) y;
    positions[3 * points + 2] = (float) z;
    points++;
    return points - 1;
  }

  /** Returns a coordinate of a point. */
  float coordinate(int point, int axis) {
    return positions[3 * point + axis];
  }

  /**
   * Adds a triangle.
   *
   * @throws EditException if there are too many
   */
  void face(int a, int b, int c, int colour) throws EditException {
    if (faces == EditMesh.MAX_FACES) {
      throw new EditException(EditException.Reason.TOO_MANY_FACES, "too many triangles");
    }
    if (faces == colours.length) {
      colours = Arrays.copyOf(colours, grown(faces));
      corners = Arrays.copyOf(corners, 3 * colours.length);
    }
    corners[3 * faces] = a;
    corners[3 * faces + 1] = b;
    corners[3 * faces + 2] = c;
    colours[faces] = colour;
    faces++;
  }

  /** Adds all of a mesh. */
  void add(EditMesh mesh) throws EditException {
    int first = points;
    float[] from = mesh.positions();
    for (int at = 0; at < from.length; at += 3) {
      point(from[at], from[at + 1], from[at + 2]);
    }
    int[] of = mesh.corners();
    for (int face = 0; face < mesh.faceCount(); face++) {
      face(
          first + of[3 * face],
          first + of[3 * face + 1],
          first + of[3 * face + 2],
          mesh.colours()[face]);
    }
  }

  private static int grown(int length) {
    return length + length / 2 + 3 - (length + length / 2) % 3;
  }

  EditMesh build() {
    return new EditMesh(
        Arrays.copyOf(positions, 3 * points),
        Arrays.copyOf(corners, 3 * faces),
        Arrays.copyOf(colours, faces));
  }
}
