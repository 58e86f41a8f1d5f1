package io.maquette.mesh;

import java.util.Arrays;

/** Computation of a surface's printability report. */
final class PrintabilityCheck {

  /** Height above the build plate in millimetres below which a face needs no support. */
  private static final double LAYER = 0.3;

  /** Number of sample points for thin walls, evenly spread over the area. */
  private static final int SAMPLES = 2_000;

  private static final double STEEPEST = Math.cos(Math.toRadians(Printability.OVERHANG));

  private final Surface surface;

  private PrintabilityCheck(Surface surface) {
    this.surface = surface;
  }

  static Printability of(Surface surface) {
    return new PrintabilityCheck(surface).look();
  }

  private Printability look() {
    float[][] extents = {surface.extent(0), surface.extent(1), surface.extent(2)};
    int faces = surface.faceCount();
    double[] areaUpTo = new double[faces];
    double area = 0;
    double sixfold = 0;
    double hanging = 0;
    for (int face = 0; face < faces; face++) {
      double[] facing = surface.facing(face);
      double twice =
          Math.sqrt(facing[0] * facing[0] + facing[1] * facing[1] + facing[2] * facing[2]);
      area += twice / 2;
      areaUpTo[face] = area;
      int corner = 3 * surface.corners()[3 * face];
      float[] at = surface.positions();
      sixfold += at[corner] * facing[0] + at[corner + 1] * facing[1] + at[corner + 2] * facing[2];
      if (facing[1] < -STEEPEST * twice && highest(face) > extents[1][0] + LAYER) {
        hanging += twice / 2;
      }
    }
    int openEdges = openEdges();
    return new Printability(
        new Printability.Extent(width(extents[0]), width(extents[2]), width(extents[1])),
        new Printability.Shell(
            Math.abs(sixfold / 6), area, faces, openEdges == 0 && sixfold > 0, openEdges, parts()),
        Standing.of(surface),
        area == 0 ? 0 : thinShare(areaUpTo),
        area == 0 ? 0 : hanging / area);
  }

  private static double width(float[] extent) {
    return (double) extent[1] - extent[0];
  }

  private float highest(int face) {
    float highest = Float.NEGATIVE_INFINITY;
    for (int side = 0; side < 3; side++) {
      int corner = surface.corners()[3 * face + side];
      highest = Math.max(highest, surface.positions()[3 * corner + 1]);
    }
    return highest;
  }

  /** Counts edges that are not used exactly once in each direction. */
  private int openEdges() {
    int[] corners = surface.corners();
    long[] walks = new long[corners.length];
    for (int at = 0; at < corners.length; at++) {
      long from = surface.point()[corners[at]];
      long to = surface.point()[corners[at % 3 == 2 ? at - 2 : at + 1]];
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

  private int parts() {
    int[] root = new int[surface.pointCount()];
    Arrays.setAll(root, point -> point);
    boolean[] used = new boolean[root.length];
    int[] corners = surface.corners();
    for (int at = 0; at < corners.length; at++) {
      int one = surface.point()[corners[at]];
      used[one] = true;
      root[rootOf(root, one)] = rootOf(root, surface.point()[corners[at - at % 3]]);
    }
    int parts = 0;
    for (int point = 0; point < root.length; point++) {
      parts += used[point] && root[point] == point ? 1 : 0;
    }
    return parts;
  }

  private static int rootOf(int[] root, int point) {
    int at = point;
    while (root[at] != at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  }

  private double thinShare(double[] areaUpTo) {
    Rays rays = new Rays(surface);
    double area = areaUpTo[areaUpTo.length - 1];
    int thin = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      int found = Arrays.binarySearch(areaUpTo, area * (sample + 0.5) / SAMPLES);
      int face = Math.min(areaUpTo.length - 1, found < 0 ? -found - 1 : found);
      thin += rays.depthBehind(face) < Printability.WALL ? 1 : 0;
    }
    return (double) thin / SAMPLES;
  }
}
