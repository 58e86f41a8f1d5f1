package io.maquette.mesh;

import java.util.Arrays;

/**
 * Vertices with one colour each. The corners at a point share a vertex if their colours are alike,
 * so the surface stays closed on the seams of a texture and keeps its hard borders.
 */
final class ColouredVertices {

  /** Maximum difference of alike colours in each channel. */
  private static final int ALIKE = 32;

  /** Maximum number of vertices at one point; a further colour gets the last of them. */
  private static final int MAX_AT_POINT = 8;

  private final int[] vertexOfCorner;
  private int[] corners;
  private int[] colours;
  private int[] next; // the next vertex at the same point, or -1
  private int count;

  private ColouredVertices(Surface surface) {
    vertexOfCorner = surface.cornerColours();
    corners = new int[surface.pointCount() + 16];
    colours = new int[corners.length];
    next = new int[corners.length];
  }

  static ColouredVertices of(Surface surface) {
    ColouredVertices vertices = new ColouredVertices(surface);
    int[] first = new int[surface.pointCount()];
    Arrays.fill(first, -1);
    for (int at = 0; at < vertices.vertexOfCorner.length; at++) {
      int corner = surface.corners()[at];
      int point = surface.point()[corner];
      int colour = vertices.vertexOfCorner[at];
      int vertex = vertices.find(first[point], colour);
      if (vertex < 0) {
        vertex = vertices.add(corner, colour, first[point]);
        first[point] = vertex;
      }
      vertices.vertexOfCorner[at] = vertex;
    }
    return vertices;
  }

  int count() {
    return count;
  }

  /** Returns a corner of the surface at the vertex's place. */
  int corner(int vertex) {
    return corners[vertex];
  }

  /** Returns the colour of a vertex, 0xRRGGBB in sRGB. */
  int colour(int vertex) {
    return colours[vertex];
  }

  /**
   * Returns the vertex of a triangle's corner.
   *
   * @param at index in {@link Surface#corners}
   */
  int vertex(int at) {
    return vertexOfCorner[at];
  }

  private int find(int first, int colour) {
    int seen = 0;
    for (int vertex = first; vertex >= 0; vertex = next[vertex]) {
      if (areAlike(colours[vertex], colour) || ++seen == MAX_AT_POINT) {
        return vertex;
      }
    }
    return -1;
  }

  private static boolean areAlike(int one, int other) {
    return Math.abs((one >> 16 & 255) - (other >> 16 & 255)) <= ALIKE
        && Math.abs((one >> 8 & 255) - (other >> 8 & 255)) <= ALIKE
        && Math.abs((one & 255) - (other & 255)) <= ALIKE;
  }

  private int add(int corner, int colour, int nextVertex) {
    if (count == corners.length) {
      int length = count + count / 2;
      corners = Arrays.copyOf(corners, length);
      colours = Arrays.copyOf(colours, length);
      next = Arrays.copyOf(next, length);
    }
    corners[count] = corner;
    colours[count] = colour;
    next[count] = nextVertex;
    return count++;
  }
}
