package io.maquette.mesh.edit;

import java.util.Arrays;

/**
 * Triangle mesh that the operations of the print kit read and create: points, triangles, and one
 * colour for each triangle. Lengths are millimetres, Y points up. Meshes never change; callers do
 * not change the arrays.
 */
public final class EditMesh {

  /** Maximum number of triangles of a mesh. */
  public static final int MAX_FACES = 8_000_000;

  private final float[] positions;
  private final int[] corners;
  private final int[] colours;

  /**
   * Creates a mesh that owns the arrays from now on.
   *
   * @param positions x, y, z of each point
   * @param corners three points for each triangle, counter-clockwise seen from outside
   * @param colours 0xRRGGBB of each triangle
   */
  public EditMesh(float[] positions, int[] corners, int[] colours) {
    if (positions.length % 3 != 0 || corners.length != 3 * colours.length) {
      throw new IllegalArgumentException("the arrays of the mesh do not match");
    }
    this.positions = positions;
    this.corners = corners;
    this.colours = colours;
  }

  /** Returns x, y, z of each point. */
  public float[] positions() {
    return positions;
  }

  /** Returns three points for each triangle. */
  public int[] corners() {
    return corners;
  }

  /** Returns the colour of each triangle, 0xRRGGBB in sRGB. */
  public int[] colours() {
    return colours;
  }

  /** Returns the number of triangles. */
  public int faceCount() {
    return colours.length;
  }

  /** Returns the number of points. */
  public int pointCount() {
    return positions.length / 3;
  }

  /** Returns the minimum and the maximum of all used points along an axis, 0 to 2. */
  public float[] extent(int axis) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int corner : corners) {
      float at = positions[3 * corner + axis];
      least = Math.min(least, at);
      most = Math.max(most, at);
    }
    return new float[] {least, most};
  }

  /** Returns the size along an axis; 0 for an empty mesh. */
  public double size(int axis) {
    if (corners.length == 0) {
      return 0;
    }
    float[] extent = extent(axis);
    return (double) extent[1] - extent[0];
  }

  /** Returns the longest side of the box around the mesh. */
  public double longest() {
    return Math.max(size(0), Math.max(size(1), size(2)));
  }

  /** Writes a triangle's normal times twice its area. */
  void facing(int face, double[] into) {
    int a = 3 * corners[3 * face];
    int b = 3 * corners[3 * face + 1];
    int c = 3 * corners[3 * face + 2];
    double ux = (double) positions[b] - positions[a];
    double uy = (double) positions[b + 1] - positions[a + 1];
    double uz = (double) positions[b + 2] - positions[a + 2];
    double vx = (double) positions[c] - positions[a];
    double vy = (double) positions[c + 1] - positions[a + 1];
    double vz = (double) positions[c + 2] - positions[a + 2];
    into[0] = uy * vz - uz * vy;
    into[1] = uz * vx - ux * vz;
    into[2] = ux * vy - uy * vx;
  }

  /** Returns the enclosed volume in cubic millimetres; negative if the normals point inwards. */
  public double volume() {
    return moments()[3];
  }

  /** Returns the centre of mass; the centre of the box if the volume is not positive. */
  double[] centreOfMass() {
    double[] moments = moments();
    if (moments[3] > 0) {
      return new double[] {
        moments[0] / moments[3], moments[1] / moments[3], moments[2] / moments[3]
      };
    }
    double[] centre = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      float[] extent = extent(axis);
      centre[axis] = ((double) extent[0] + extent[1]) / 2;
    }
    return centre;
  }

  /** Returns the first moments and the volume, from one tetrahedron for each triangle. */
  private double[] moments() {
    double[] sum = new double[4];
    if (positions.length == 0) {
      return sum;
    }
    double[] facing = new double[3];
    double x0 = positions[0];
    double y0 = positions[1];
    double z0 = positions[2];
    for (int face = 0; face < faceCount(); face++) {
      facing(face, facing);
      int a = 3 * corners[3 * face];
      int b = 3 * corners[3 * face + 1];
      int c = 3 * corners[3 * face + 2];
      double sixfold =
          (positions[a] - x0) * facing[0]
              + (positions[a + 1] - y0) * facing[1]
              + (positions[a + 2] - z0) * facing[2];
      double volume = sixfold / 6;
      sum[0] += volume * ((double) positions[a] + positions[b] + positions[c] + x0) / 4;
      sum[1] += volume * ((double) positions[a + 1] + positions[b + 1] + positions[c + 1] + y0) / 4;
      sum[2] += volume * ((double) positions[a + 2] + positions[b + 2] + positions[c + 2] + z0) / 4;
      sum[3] += volume;
    }
    return sum;
  }

  /** Returns the area in square millimetres. */
  public double area() {
    double area = 0;
    double[] facing = new double[3];
    for (int face = 0; face < faceCount(); face++) {
      facing(face, facing);
      area += length(facing) / 2;
    }
    return area;
  }

  static double length(double[] vector) {
    return Math.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]);
  }

  /** Returns the number of edges that are not used exactly once in each direction. */
  public int openEdges() {
    long[] walks = new long[corners.length];
    for (int at = 0; at < corners.length; at++) {
      long from = corners[at];
      long to = corners[at % 3 == 2 ? at - 2 : at + 1];
      walks[at] = from < to ? from << 32 | to << 1 : to << 32 | from << 1 | 1;
    }
    Arrays.sort(walks);
    int open = 0;
    for (int at = 0; at < walks.length; ) {
      int end = at + 1;
      while (end < walks.length && walks[end] >> 1 == walks[at] >> 1) {
        end++;
      }
      if (end != at + 2 || walks[at] == walks[at + 1]) {
        open++;
      }
      at = end;
    }
    return open;
  }

  /** Returns whether every edge has exactly two triangles with consistent orientation. */
  public boolean isClosed() {
    return faceCount() > 0 && openEdges() == 0;
  }

  /** Returns the mesh with each point multiplied by a factor and then moved. */
  EditMesh placed(double factor, double x, double y, double z) {
    float[] placed = new float[positions.length];
    for (int at = 0; at < placed.length; at += 3) {
      placed[at] = (float) (positions[at] * factor + x);
      placed[at + 1] = (float) (positions[at + 1] * factor + y);
      placed[at + 2] = (float) (positions[at + 2] * factor + z);
    }
    return new EditMesh(placed, corners, colours);
  }

  /** Returns the mesh centred over the origin, with its lowest point at height 0. */
  EditMesh onPlate() {
    float[] x = extent(0);
    float[] z = extent(2);
    return placed(1, -((double) x[0] + x[1]) / 2, -extent(1)[0], -((double) z[0] + z[1]) / 2);
  }

  /** Returns the mesh with all triangles reversed. */
  EditMesh reversed() {
    int[] reversed = corners.clone();
    for (int at = 0; at < reversed.length; at += 3) {
      int second = reversed[at + 1];
      reversed[at + 1] = reversed[at + 2];
      reversed[at + 2] = second;
    }
    return new EditMesh(positions, reversed, colours);
  }

  /** Returns the mesh without the points that no triangle uses. */
  EditMesh compacted() {
    int[] renumbered = new int[pointCount()];
    for (int corner : corners) {
      renumbered[corner] = 1;
    }
    int count = 0;
    for (int point = 0; point < renumbered.length; point++) {
      if (renumbered[point] == 1) {
        renumbered[point] = count;
        count++;
      }
    }
    if (count == renumbered.length) {
      return this;
    }
    float[] kept = new float[3 * count];
    int[] renamed = new int[corners.length];
    for (int at = 0; at < corners.length; at++) {
      int point = renumbered[corners[at]];
      renamed[at] = point;
      System.arraycopy(positions, 3 * corners[at], kept, 3 * point, 3);
    }
    return new EditMesh(kept, renamed, colours);
  }
}
