package io.maquette.mesh.edit;

import java.util.Arrays;

/**
 * Ear clipping of one polygon with holes (Eberly, "Triangulation by Ear Clipping"). A bridge joins
 * each hole to the outer border. Where no ear is valid, because borders touch or cross, it cuts the
 * next corner; so it always ends, and uses each edge of a border once.
 */
final class EarClipping {

  private final int[] id;
  private final double[] x;
  private final double[] y;
  private final int[] next;
  private final int[] previous;
  private final boolean[] isConvex;
  private int count;

  /** Nodes that are not convex; only these can be within an ear. */
  private int[] blunt = new int[0];

  private int bluntCount;
  private int[] triangles = new int[0];
  private int triangleCount;

  /**
   * Creates the clipping.
   *
   * @param size number of points, and two more for each hole
   */
  EarClipping(int size) {
    id = new int[size];
    x = new double[size];
    y = new double[size];
    next = new int[size];
    previous = new int[size];
    isConvex = new boolean[size];
  }

  /** Adds the outer border, counter-clockwise. */
  void add(int[] ids, double[] px, double[] py) {
    int first = count;
    for (int at = 0; at < ids.length; at++) {
      node(ids[at], px[at], py[at]);
    }
    for (int at = first; at < count; at++) {
      next[at] = at + 1 == count ? first : at + 1;
      previous[at] = at == first ? count - 1 : at - 1;
    }
  }

  private int node(int point, double px, double py) {
    id[count] = point;
    x[count] = px;
    y[count] = py;
    count++;
    return count - 1;
  }

  /** Adds a hole, clockwise; holes come from left to right. */
  void addHole(int[] ids, double[] px, double[] py) {
    int first = count;
    add(ids, px, py);
    int leftmost = first;
    for (int at = first; at < count; at++) {
      if (x[at] < x[leftmost] || (x[at] == x[leftmost] && y[at] < y[leftmost])) {
        leftmost = at;
      }
    }
    int bridge = bridge(leftmost);
    int bridgeCopy = node(id[bridge], x[bridge], y[bridge]);
    int holeCopy = node(id[leftmost], x[leftmost], y[leftmost]);
    int after = next[bridge];
    int before = previous[leftmost];
    link(bridge, leftmost);
    link(bridgeCopy, after);
    link(holeCopy, bridgeCopy);
    link(before, holeCopy);
  }

  private void link(int from, int to) {
    next[from] = to;
    previous[to] = from;
  }

  /** Finds a node of the outer border, which has node 0, that sees a hole's leftmost node. */
  private int bridge(int hole) {
    double hx = x[hole];
    double hy = y[hole];
    double edge = Double.NEGATIVE_INFINITY;
    int best = -1;
    int at = 0;
    do {
      int to = next[at];
      if (hy <= y[at] && hy >= y[to] && y[to] != y[at]) {
        double meets = x[at] + (hy - y[at]) * (x[to] - x[at]) / (y[to] - y[at]);
        if (meets <= hx && meets > edge) {
          edge = meets;
          best = x[at] < x[to] ? at : to;
        }
      }
      at = to;
    } while (at != 0);
    if (best < 0) {
      return 0; // the hole is outside; the result overlaps, and stays closed
    }
    double mx = x[best];
    double my = y[best];
    double steepest = Double.POSITIVE_INFINITY;
    int stop = best;
    at = stop;
    do {
      if (hx > x[at]
          && x[at] >= mx
          && isWithin(hy < my ? hx : edge, hy, mx, my, hy < my ? edge : hx, hy, x[at], y[at])) {
        double slope = Math.abs(hy - y[at]) / (hx - x[at]);
        if (sees(at, hole) && (slope < steepest || (slope == steepest && x[at] > x[best]))) {
          best = at;
          steepest = slope;
        }
      }
      at = next[at];
    } while (at != stop);
    return best;
  }

  private boolean sees(int a, int b) {
    return cross(previous[a], a, next[a]) > 0
        ? cross(a, b, next[a]) <= 0 && cross(a, previous[a], b) <= 0
        : cross(a, b, previous[a]) > 0 || cross(a, next[a], b) > 0;
  }

  private double cross(int a, int b, int c) {
    return (x[b] - x[a]) * (y[c] - y[b]) - (y[b] - y[a]) * (x[c] - x[b]);
  }

  private static boolean isWithin(
      double ax, double ay, double bx, double by, double cx, double cy, double px, double py) {
    return (cx - px) * (ay - py) >= (ax - px) * (cy - py)
        && (ax - px) * (by - py) >= (bx - px) * (ay - py)
        && (bx - px) * (cy - py) >= (cx - px) * (by - py);
  }

  /** Clips all ears and returns the triangles. */
  int[] run() throws InterruptedException {
    blunt = new int[count];
    triangles = new int[3 * Math.max(0, count - 2)];
    for (int at = 0; at < count; at++) {
      isConvex[at] = cross(previous[at], at, next[at]) > 0;
      if (!isConvex[at]) {
        blunt[bluntCount] = at;
        bluntCount++;
      }
    }
    int left = count;
    int tried = 0;
    int at = 0;
    while (left > 2) {
      if ((left & 0xFF) == 0 && Thread.interrupted()) {
        throw new InterruptedException("the triangulation was cancelled");
      }
      boolean isForced = tried > left;
      if (isForced || isEar(at)) {
        int before = previous[at];
        int after = next[at];
        if (id[before] == id[after]) { // the border goes forth and back; both edges meet
          at = removeSpur(at);
          left -= 2;
        } else {
          emit(before, at, after);
          remove(at);
          left--;
          at = next[after];
        }
        tried = 0;
      } else {
        at = next[at];
        tried++;
      }
    }
    return Arrays.copyOf(triangles, triangleCount);
  }

  private int removeSpur(int at) {
    int before = previous[at];
    remove(at);
    int same = next[before];
    remove(same);
    return next[before];
  }

  private void emit(int a, int b, int c) {
    if (id[a] != id[b] && id[b] != id[c]) {
      triangles[triangleCount] = id[a];
      triangles[triangleCount + 1] = id[b];
      triangles[triangleCount + 2] = id[c];
      triangleCount += 3;
    }
  }

  private void remove(int at) {
    int before = previous[at];
    int after = next[at];
    link(before, after);
    next[at] = -1;
    isConvex[at] = true;
    isConvex[before] |= cross(previous[before], before, after) > 0;
    isConvex[after] |= cross(before, after, next[after]) > 0;
  }

  private boolean isEar(int at) {
    int a = previous[at];
    int c = next[at];
    if (!(cross(a, at, c) > 0) || id[a] == id[c]) {
      return false;
    }
    int kept = 0;
    boolean isEar = true;
    for (int i = 0; i < bluntCount; i++) {
      int other = blunt[i];
      if (isConvex[other]) {
        continue; // dropped from the list
      }
      blunt[kept] = other;
      kept++;
      isEar = isEar && (other == a || other == c || !blocks(other, a, at, c));
    }
    bluntCount = kept;
    return isEar;
  }

  private boolean blocks(int other, int a, int b, int c) {
    return isWithin(x[a], y[a], x[b], y[b], x[c], y[c], x[other], y[other])
        && !isSame(other, a)
        && !isSame(other, b)
        && !isSame(other, c);
  }

  private boolean isSame(int one, int other) {
    return x[one] == x[other] && y[one] == y[other];
  }
}
