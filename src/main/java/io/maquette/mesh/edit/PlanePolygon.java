package io.maquette.mesh.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Triangulation of an area in a plane whose borders are loops: counter-clockwise around the area,
 * clockwise around its holes. It assigns each hole to the smallest loop around it.
 */
final class PlanePolygon {

  /** Maximum number of points; the time grows with the square. */
  static final int MAX_POINTS = 40_000;

  private final List<Loop> loops = new ArrayList<>();
  private int points;

  /** One border. */
  private static final class Loop {
    final int[] ids;
    final double[] x;
    final double[] y;
    final double area;
    final List<Loop> holes = new ArrayList<>();

    Loop(int[] ids, double[] x, double[] y) {
      this.ids = ids;
      this.x = x;
      this.y = y;
      double twice = 0;
      for (int at = 0; at < x.length; at++) {
        int to = (at + 1) % x.length;
        twice += x[at] * y[to] - x[to] * y[at];
      }
      area = twice / 2;
    }

    double left() {
      return Arrays.stream(x).min().orElse(0);
    }

    boolean contains(double px, double py) {
      boolean isInside = false;
      for (int at = 0; at < x.length; at++) {
        int to = (at + 1) % x.length;
        if (y[at] > py != y[to] > py
            && px < x[at] + (py - y[at]) * (x[to] - x[at]) / (y[to] - y[at])) {
          isInside = !isInside;
        }
      }
      return isInside;
    }
  }

  /**
   * Adds a border.
   *
   * @param ids of its points, which the triangles name
   */
  void add(int[] ids, double[] x, double[] y) throws EditException {
    points += ids.length;
    if (points > MAX_POINTS) {
      throw new EditException(
          EditException.Reason.OUTLINE_TOO_COMPLEX, "the outline at the cut has too many points");
    }
    loops.add(new Loop(ids, x, y));
  }

  /** Returns whether a place is within the area, by the even-odd rule. */
  boolean contains(double x, double y) {
    boolean isInside = false;
    for (Loop loop : loops) {
      isInside ^= loop.contains(x, y);
    }
    return isInside;
  }

  /**
   * Triangulates the area. Each edge of a border is used once, also where borders cross.
   *
   * @return ids, three for each triangle, counter-clockwise
   */
  int[] triangulate() throws InterruptedException {
    List<Loop> outers = new ArrayList<>();
    for (Loop loop : loops) {
      loop.holes.clear();
      if (loop.area >= 0) {
        outers.add(loop);
      }
    }
    for (Loop loop : loops) {
      if (loop.area < 0) {
        outers.stream()
            .filter(outer -> outer.area > 0 && outer.contains(loop.x[0], loop.y[0]))
            .min(Comparator.comparingDouble(outer -> outer.area))
            .ifPresentOrElse(outer -> outer.holes.add(loop), () -> outers.add(loop));
      }
    }
    int[] triangles = new int[0];
    int count = 0;
    for (Loop outer : outers) {
      outer.holes.sort(Comparator.comparingDouble(Loop::left));
      EarClipping clipping = new EarClipping(size(outer));
      clipping.add(outer.ids, outer.x, outer.y);
      for (Loop hole : outer.holes) {
        clipping.addHole(hole.ids, hole.x, hole.y);
      }
      int[] found = clipping.run();
      triangles = Arrays.copyOf(triangles, count + found.length);
      System.arraycopy(found, 0, triangles, count, found.length);
      count += found.length;
    }
    return triangles;
  }

  private static int size(Loop outer) {
    int size = outer.ids.length;
    for (Loop hole : outer.holes) {
      size += hole.ids.length + 2;
    }
    return size;
  }
}
