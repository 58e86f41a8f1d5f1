package io.maquette.mesh.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Convex hull of a few hundred points, point by point. */
final class ConvexHull {

  /**
   * Triangle of the hull.
   *
   * @param normal outwards, of length 1
   * @param offset of its plane along the normal
   */
  @SuppressWarnings("ArrayRecordComponent") // created once, read by the orientation
  record Facet(int a, int b, int c, double[] normal, double offset, double area) {}

  private final double[][] points;
  private final double tolerance;
  private List<Facet> facets = new ArrayList<>();

  private ConvexHull(double[][] points, double size) {
    this.points = points;
    tolerance = 1e-7 * size;
  }

  /** Returns the facets; empty if all points are in a plane. */
  static List<Facet> of(double[][] points, double size) {
    ConvexHull hull = new ConvexHull(points, size);
    return hull.start() ? hull.grow() : List.of();
  }

  private boolean start() {
    int a = 0;
    int b = furthest(point -> distance(points[point], points[a]));
    int c = furthest(point -> EditMesh.length(facing(a, b, point)));
    double[] facing = facing(a, b, c);
    double length = EditMesh.length(facing);
    if (!(length > tolerance * tolerance)) {
      return false;
    }
    Facet first = facet(a, b, c);
    int d = furthest(point -> Math.abs(above(first, point)));
    if (Math.abs(above(first, d)) <= 10 * tolerance) {
      return false;
    }
    boolean isUnder = above(first, d) < 0;
    int second = isUnder ? b : c;
    int third = isUnder ? c : b;
    facets.add(facet(a, second, third));
    facets.add(facet(a, d, second));
    facets.add(facet(second, d, third));
    facets.add(facet(third, d, a));
    return true;
  }

  private interface Measure {
    double of(int point);
  }

  private int furthest(Measure measure) {
    int best = 0;
    for (int point = 1; point < points.length; point++) {
      if (measure.of(point) > measure.of(best)) {
        best = point;
      }
    }
    return best;
  }

  private static double distance(double[] one, double[] other) {
    return EditMesh.length(new double[] {one[0] - other[0], one[1] - other[1], one[2] - other[2]});
  }

  private double[] facing(int a, int b, int c) {
    double[] u = new double[3];
    double[] v = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      u[axis] = points[b][axis] - points[a][axis];
      v[axis] = points[c][axis] - points[a][axis];
    }
    return new double[] {
      u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]
    };
  }

  private Facet facet(int a, int b, int c) {
    double[] normal = facing(a, b, c);
    double length = EditMesh.length(normal);
    double offset = 0;
    for (int axis = 0; axis < 3; axis++) {
      normal[axis] = length > 0 ? normal[axis] / length : 0;
      offset += normal[axis] * points[a][axis];
    }
    return new Facet(a, b, c, normal, offset, length / 2);
  }

  private double above(Facet facet, int point) {
    double[] n = facet.normal();
    double[] p = points[point];
    return n[0] * p[0] + n[1] * p[1] + n[2] * p[2] - facet.offset();
  }

  private List<Facet> grow() {
    for (int point = 0; point < points.length; point++) {
      List<Facet> kept = new ArrayList<>();
      Map<Long, int[]> horizon = new HashMap<>();
      for (Facet facet : facets) {
        if (above(facet, point) <= tolerance) {
          kept.add(facet);
          continue;
        }
        border(horizon, facet.a(), facet.b());
        border(horizon, facet.b(), facet.c());
        border(horizon, facet.c(), facet.a());
      }
      for (int[] edge : horizon.values()) {
        kept.add(facet(edge[0], edge[1], point));
      }
      facets = kept;
    }
    return facets;
  }

  private static void border(Map<Long, int[]> horizon, int from, int to) {
    if (horizon.remove((long) to << 32 | from) == null) {
      horizon.put((long) from << 32 | to, new int[] {from, to});
    }
  }
}
