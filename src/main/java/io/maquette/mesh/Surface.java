package io.maquette.mesh;

import java.util.List;

/**
 * Triangles of one model in millimetres, Y up, with all parts in their placements.
 *
 * <p>Corners are what a file calls vertices. Where two parts of the surface have different normals
 * or textures, several corners are at one <em>point</em>. Triangles with two corners at the same
 * point are left out.
 *
 * @param positions x, y, z of each corner
 * @param normals x, y, z of each corner, of length 1; null if the file has none
 * @param places u, v on the texture of each corner, v downwards; null if the file has none
 * @param colours 0xRRGGBB of each corner, to be multiplied with the material's; null if the file
 *     has none
 * @param point index of each corner's point
 * @param pointCount number of points
 * @param corners three per triangle, counter-clockwise seen from outside
 * @param parts ranges of triangles with one material each; in order, without gaps
 * @param materials materials of the file
 */
@SuppressWarnings("ArrayRecordComponent") // created once, read by the writers
record Surface(
    float[] positions,
    float[] normals,
    float[] places,
    int[] colours,
    int[] point,
    int pointCount,
    int[] corners,
    List<Part> parts,
    Materials materials) {

  /**
   * Range of triangles of one material.
   *
   * @param end index of the first triangle after it
   */
  record Part(int end, Material material) {}

  int faceCount() {
    return corners.length / 3;
  }

  int cornerCount() {
    return positions.length / 3;
  }

  /** Returns the colour at a corner, 0xRRGGBB in sRGB. */
  int colour(Material material, int corner) {
    int colour = material.colour();
    if (material.texture() != null && places != null) {
      colour =
          Material.times(colour, material.texture().at(places[2 * corner], places[2 * corner + 1]));
    }
    return colours == null ? colour : Material.times(colour, colours[corner]);
  }

  /** Returns the colour at each corner of each triangle, 0xRRGGBB in sRGB. */
  int[] cornerColours() {
    int[] at = new int[corners.length];
    int next = 0;
    for (Part part : parts) {
      for (; next < 3 * part.end(); next++) {
        at[next] = colour(part.material(), corners[next]);
      }
    }
    return at;
  }

  /** Returns one corner for each point, in the order of the points. */
  int[] cornerOfEachPoint() {
    int[] corner = new int[pointCount];
    for (int i = point.length - 1; i >= 0; i--) {
      corner[point[i]] = i;
    }
    return corner;
  }

  /** Returns a triangle's normal times twice its area. */
  double[] facing(int face) {
    int a = 3 * corners[3 * face];
    int b = 3 * corners[3 * face + 1];
    int c = 3 * corners[3 * face + 2];
    double ux = (double) positions[b] - positions[a];
    double uy = (double) positions[b + 1] - positions[a + 1];
    double uz = (double) positions[b + 2] - positions[a + 2];
    double vx = (double) positions[c] - positions[a];
    double vy = (double) positions[c + 1] - positions[a + 1];
    double vz = (double) positions[c + 2] - positions[a + 2];
    return new double[] {uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx};
  }

  /** Returns the minimum and the maximum along an axis, 0 to 2. */
  float[] extent(int axis) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int corner : corners) {
      least = Math.min(least, positions[3 * corner + axis]);
      most = Math.max(most, positions[3 * corner + axis]);
    }
    return new float[] {least, most};
  }

  /** Surface in the coordinates of a build plate: Z up, with all minimum coordinates at 0. */
  static final class OnPlate {

    private final float[] positions;
    private final float left;
    private final float front;
    private final float bottom;

    OnPlate(Surface surface) {
      positions = surface.positions();
      left = surface.extent(0)[0];
      bottom = surface.extent(1)[0];
      front = -surface.extent(2)[1]; // the side nearest to the viewer
    }

    float x(int corner) {
      return positions[3 * corner] - left;
    }

    float y(int corner) {
      return -positions[3 * corner + 2] - front;
    }

    float z(int corner) {
      return positions[3 * corner + 1] - bottom;
    }
  }
}
