package io.maquette.mesh.edit;

/** Triangles around each point, in two arrays. */
final class Adjacency {

  /** Index of the first triangle of each point in {@link #faces}, and one index after the last. */
  final int[] first;

  final int[] faces;

  /**
   * Lists the triangles around each point.
   *
   * @param count number of triangles to read from the corners
   */
  Adjacency(int[] corners, int count, int points) {
    first = new int[points + 1];
    for (int at = 0; at < 3 * count; at++) {
      first[corners[at] + 1]++;
    }
    for (int point = 0; point < points; point++) {
      first[point + 1] += first[point];
    }
    faces = new int[3 * count];
    int[] next = first.clone();
    for (int at = 0; at < 3 * count; at++) {
      faces[next[corners[at]]] = at / 3;
      next[corners[at]]++;
    }
  }

  int count(int point) {
    return first[point + 1] - first[point];
  }

  /** Returns whether a triangle has a corner at a point. */
  static boolean touches(int[] corners, int face, int point) {
    return corners[3 * face] == point
        || corners[3 * face + 1] == point
        || corners[3 * face + 2] == point;
  }

  /** Returns the triangle other than the given one at an edge; -1 for none, -2 for several. */
  int across(int[] corners, int face, int from, int to) {
    int found = -1;
    for (int at = first[from]; at < first[from + 1]; at++) {
      int other = faces[at];
      if (other != face && touches(corners, other, to)) {
        if (found >= 0) {
          return -2;
        }
        found = other;
      }
    }
    return found;
  }
}
