package io.maquette.mesh.edit;

import java.util.Arrays;

/**
 * Quadric edge collapse. It removes the edges whose collapse changes the surface and its colour
 * borders least, until a number of triangles remains. A closed surface stays closed, because an
 * edge collapses only if the link condition holds.
 *
 * <p>The work is done in passes. A pass rates all edges and collapses the best ones that do not
 * touch each other. So the memory is a few arrays: at most 120 bytes for each triangle.
 */
final class Decimation {

  /** Maximum number of passes; 40 reduce 5 million triangles to 200,000. */
  private static final int MAX_PASSES = 400;

  /** Weight of a plane through an open edge, or through a border between black and white. */
  private static final double OPEN_WEIGHT = 10;

  private static final double COLOUR_WEIGHT = 2;

  /** Cosine of the largest turn of a triangle by one collapse. */
  private static final double MAX_TURN = 0.2;

  private final float[] positions;
  private final int[] corners;
  private final int[] colours;
  private final Quadrics quadrics;
  private final float[] cost;
  private final int[] partner;
  private final int[] stamp;
  private int stamps;
  private final boolean[] isTouched;
  private int count;

  private Decimation(EditMesh mesh) {
    positions = mesh.positions().clone();
    corners = mesh.corners().clone();
    colours = mesh.colours().clone();
    count = mesh.faceCount();
    quadrics = new Quadrics(positions);
    int points = positions.length / 3;
    cost = new float[points];
    partner = new int[points];
    stamp = new int[points];
    isTouched = new boolean[points];
  }

  /**
   * Reduces a mesh.
   *
   * @param target number of triangles that may remain, at least 4
   * @return a mesh with at most this number, or with more if its topology allows no less
   */
  static EditMesh of(EditMesh mesh, int target, EditProgress progress) throws InterruptedException {
    if (mesh.faceCount() <= target) {
      return mesh;
    }
    return new Decimation(mesh).run(target, progress);
  }

  private EditMesh run(int target, EditProgress progress) throws InterruptedException {
    int start = count;
    Adjacency around = new Adjacency(corners, count, positions.length / 3);
    prepare(around, progress.part(0, 0.1));
    for (int pass = 0; pass < MAX_PASSES && count > target; pass++) {
      double done = Math.log((double) start / count) / Math.log((double) start / target);
      double span = Math.min(0.15, 1 - done);
      EditProgress step = progress.part(0.1 + 0.9 * done, 0.1 + 0.9 * (done + span));
      int before = count;
      rate(around, step);
      collapse(around, target);
      around = new Adjacency(corners, count, positions.length / 3);
      if (before == count) {
        break; // the topology allows no further collapse
      }
    }
    progress.at(1);
    return new EditMesh(positions, Arrays.copyOf(corners, 3 * count), Arrays.copyOf(colours, count))
        .compacted();
  }

  /** Adds the planes of all triangles, open edges and colour borders to their points. */
  private void prepare(Adjacency around, EditProgress progress) throws InterruptedException {
    double[] normal = new double[3];
    for (int face = 0; face < count; face++) {
      progress.at(face, count);
      double twice = facing(face, normal);
      if (twice == 0) {
        continue;
      }
      for (int side = 0; side < 3; side++) {
        int point = corners[3 * face + side];
        quadrics.addPlane(point, point, normal, twice / 6);
        int to = corners[3 * face + (side + 1) % 3];
        int other = around.across(corners, face, point, to);
        double weight =
            other < 0 ? OPEN_WEIGHT : COLOUR_WEIGHT * difference(colours[face], colours[other]);
        if (weight > 0) {
          addBorder(point, to, normal, weight);
        }
      }
    }
  }

  private void addBorder(int from, int to, double[] normal, double weight) {
    double[] side = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      side[axis] = (double) positions[3 * to + axis] - positions[3 * from + axis];
    }
    double[] across = {
      side[1] * normal[2] - side[2] * normal[1],
      side[2] * normal[0] - side[0] * normal[2],
      side[0] * normal[1] - side[1] * normal[0]
    };
    double length = EditMesh.length(across);
    if (length > 0) {
      for (int axis = 0; axis < 3; axis++) {
        across[axis] /= length;
      }
      quadrics.addPlane(from, from, across, weight * length * length);
      quadrics.addPlane(to, from, across, weight * length * length);
    }
  }

  /** Returns the squared distance of two colours, 0 to 1. */
  private static double difference(int one, int other) {
    if (one == other) {
      return 0;
    }
    double sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double channel = ((one >> shift & 255) - (other >> shift & 255)) / 255.0;
      sum += channel * channel;
    }
    return sum / 3;
  }

  /** Writes the normal of a triangle, of length 1, and returns twice its area. */
  private double facing(int face, double[] normal) {
    return facing(corners[3 * face], corners[3 * face + 1], corners[3 * face + 2], normal);
  }

  private double facing(int a, int b, int c, double[] normal) {
    double ux = (double) positions[3 * b] - positions[3 * a];
    double uy = (double) positions[3 * b + 1] - positions[3 * a + 1];
    double uz = (double) positions[3 * b + 2] - positions[3 * a + 2];
    double vx = (double) positions[3 * c] - positions[3 * a];
    double vy = (double) positions[3 * c + 1] - positions[3 * a + 1];
    double vz = (double) positions[3 * c + 2] - positions[3 * a + 2];
    normal[0] = uy * vz - uz * vy;
    normal[1] = uz * vx - ux * vz;
    normal[2] = ux * vy - uy * vx;
    double length = EditMesh.length(normal);
    if (length > 0) {
      normal[0] /= length;
      normal[1] /= length;
      normal[2] /= length;
    }
    return length;
  }

  /** Finds the best edge of each point to a point of a higher index, or along an open edge. */
  private void rate(Adjacency around, EditProgress progress) throws InterruptedException {
    Arrays.fill(cost, Float.POSITIVE_INFINITY);
    double[] place = new double[3];
    for (int face = 0; face < count; face++) {
      progress.at(face, count);
      for (int side = 0; side < 3; side++) {
        int from = corners[3 * face + side];
        int to = corners[3 * face + (side + 1) % 3];
        if (from < to || around.across(corners, face, from, to) == -1) {
          float error = (float) quadrics.best(from, to, place);
          if (error < cost[from]) {
            cost[from] = error;
            partner[from] = to;
          }
        }
      }
    }
  }

  /** Collapses the better half of the rated edges, from the best on, and drops their triangles. */
  private void collapse(Adjacency around, int target) {
    int rated = 0;
    long[] order = new long[cost.length];
    for (int point = 0; point < cost.length; point++) {
      if (cost[point] < Float.POSITIVE_INFINITY) {
        order[rated] = (long) Float.floatToIntBits(cost[point]) << 32 | point;
        rated++;
      }
    }
    Arrays.sort(order, 0, rated);
    Arrays.fill(isTouched, false);
    double[] place = new double[3];
    int removed = 0;
    int wanted = count - target;
    int few = Math.max(1, rated / 50);
    for (int at = 0; at < rated && removed < wanted; at++) {
      if (at > rated / 2 && removed > few) {
        break; // the next pass rates the rest again
      }
      int keep = (int) order[at];
      int drop = partner[keep];
      if (isTouched[keep] || isTouched[drop] || !isCollapsible(around, keep, drop)) {
        continue;
      }
      quadrics.best(keep, drop, place);
      if (isFlipping(around, keep, drop, place) || isFlipping(around, drop, keep, place)) {
        continue;
      }
      touch(around, keep);
      touch(around, drop);
      quadrics.merge(keep, drop, place);
      removed += replace(around, keep, drop);
    }
    dropFaces();
  }

  private void touch(Adjacency around, int point) {
    for (int at = around.first[point]; at < around.first[point + 1]; at++) {
      int face = around.faces[at];
      for (int side = 0; side < 3; side++) {
        isTouched[corners[3 * face + side]] = true;
      }
    }
  }

  /** Returns whether the surface keeps its topology: the two points share only the edge's sides. */
  private boolean isCollapsible(Adjacency around, int keep, int drop) {
    int shared = 0;
    int mine = ring(around, keep);
    int edgeFaces = 0;
    int neighbours = 0;
    int theirs = stamps + 1;
    for (int at = around.first[drop]; at < around.first[drop + 1]; at++) {
      int face = around.faces[at];
      edgeFaces += Adjacency.touches(corners, face, keep) ? 1 : 0;
      for (int side = 0; side < 3; side++) {
        int point = corners[3 * face + side];
        if (point != keep && point != drop && stamp[point] != theirs) {
          shared += stamp[point] == stamps ? 1 : 0;
          stamp[point] = theirs;
          neighbours++;
        }
      }
    }
    stamps = theirs;
    if (edgeFaces < 1 || edgeFaces > 2 || shared != edgeFaces) {
      return false;
    }
    boolean keepIsOpen = mine != around.count(keep);
    boolean dropIsOpen = neighbours + 1 != around.count(drop);
    if (edgeFaces == 2 && keepIsOpen && dropIsOpen) {
      return false; // two borders would touch
    }
    return mine + neighbours - 1 - edgeFaces >= 3 && around.count(keep) > edgeFaces;
  }

  /** Stamps the neighbours of a point and returns their number. */
  private int ring(Adjacency around, int point) {
    stamps++;
    stamp[point] = stamps;
    int neighbours = 0;
    for (int at = around.first[point]; at < around.first[point + 1]; at++) {
      int face = around.faces[at];
      for (int side = 0; side < 3; side++) {
        int other = corners[3 * face + side];
        if (stamp[other] != stamps) {
          stamp[other] = stamps;
          neighbours++;
        }
      }
    }
    return neighbours;
  }

  /** Returns whether a triangle of a point that remains would turn over or lose its area. */
  private boolean isFlipping(Adjacency around, int point, int other, double[] place) {
    double[] before = new double[3];
    double[] after = new double[3];
    float x = positions[3 * point];
    float y = positions[3 * point + 1];
    float z = positions[3 * point + 2];
    boolean flips = false;
    for (int at = around.first[point]; at < around.first[point + 1] && !flips; at++) {
      int face = around.faces[at];
      if (Adjacency.touches(corners, face, other)) {
        continue;
      }
      double twice = facing(face, before);
      move(point, place[0], place[1], place[2]);
      double then = facing(face, after);
      move(point, x, y, z);
      double cosine = before[0] * after[0] + before[1] * after[1] + before[2] * after[2];
      flips = twice > 0 && (cosine < MAX_TURN || then < 1e-4 * twice);
    }
    return flips;
  }

  private void move(int point, double x, double y, double z) {
    positions[3 * point] = (float) x;
    positions[3 * point + 1] = (float) y;
    positions[3 * point + 2] = (float) z;
  }

  /** Puts one point in the place of another, and returns the number of triangles that vanish. */
  private int replace(Adjacency around, int keep, int drop) {
    int vanished = 0;
    for (int at = around.first[drop]; at < around.first[drop + 1]; at++) {
      int face = around.faces[at];
      if (Adjacency.touches(corners, face, keep)) {
        corners[3 * face] = -1;
        vanished++;
      } else {
        for (int side = 0; side < 3; side++) {
          if (corners[3 * face + side] == drop) {
            corners[3 * face + side] = keep;
          }
        }
      }
    }
    return vanished;
  }

  private void dropFaces() {
    int kept = 0;
    for (int face = 0; face < count; face++) {
      if (corners[3 * face] >= 0) {
        System.arraycopy(corners, 3 * face, corners, 3 * kept, 3);
        colours[kept] = colours[face];
        kept++;
      }
    }
    count = kept;
  }
}
