package io.maquette.mesh.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cut of a closed mesh at a height: what is above remains, open at the bottom.
 *
 * <p>The loops bound the section in the plane. Each is a list of points of the mesh in the
 * direction of a cap that faces down: counter-clockwise around the section in the coordinates (x,
 * z).
 */
final class PlaneCut {

  private final EditMesh mesh;
  private final double height;
  private final MeshBuffer above = new MeshBuffer();
  private final EdgeMap cuts = new EdgeMap();
  private int[] next = new int[1 << 10];
  private final List<int[]> loops = new ArrayList<>();

  private PlaneCut(EditMesh mesh, double height) {
    this.mesh = mesh;
    // No float equals this height, so no point lies in the plane.
    float nearest = (float) height;
    this.height = ((double) nearest + Math.nextUp(nearest)) / 2;
    Arrays.fill(next, -1);
  }

  /**
   * Cuts a mesh.
   *
   * @throws EditException if the mesh is not closed, or nothing remains above or below
   */
  static PlaneCut of(EditMesh mesh, double height, EditProgress progress)
      throws EditException, InterruptedException {
    if (!mesh.isClosed()) {
      throw new EditException(EditException.Reason.NOT_CLOSED, "the cut model is not closed");
    }
    PlaneCut cut = new PlaneCut(mesh, height);
    cut.run(progress);
    return cut;
  }

  private void run(EditProgress progress) throws EditException, InterruptedException {
    int[] renumbered = new int[mesh.pointCount()];
    for (int point = 0; point < renumbered.length; point++) {
      int at = 3 * point;
      boolean isAbove = mesh.positions()[at + 1] > height;
      renumbered[point] =
          isAbove
              ? above.point(
                  mesh.positions()[at], mesh.positions()[at + 1], mesh.positions()[at + 2])
              : -1;
    }
    for (int face = 0; face < mesh.faceCount(); face++) {
      progress.at(face, mesh.faceCount());
      addFace(face, renumbered);
    }
    if (above.faceCount() == 0) {
      throw new EditException(EditException.Reason.NOTHING_LEFT, "nothing is above the cut");
    }
    followLoops();
  }

  private void addFace(int face, int[] renumbered) throws EditException {
    int[] corners = mesh.corners();
    int colour = mesh.colours()[face];
    int[] points = new int[4];
    int count = 0;
    int leaves = -1;
    int enters = -1;
    for (int side = 0; side < 3; side++) {
      int from = corners[3 * face + side];
      int to = corners[3 * face + (side + 1) % 3];
      if (renumbered[from] >= 0) {
        points[count] = renumbered[from];
        count++;
      }
      if (renumbered[from] >= 0 != renumbered[to] >= 0) {
        int cut = cutPoint(from, to);
        points[count] = cut;
        count++;
        if (renumbered[from] >= 0) {
          leaves = cut;
        } else {
          enters = cut;
        }
      }
    }
    if (count >= 3) {
      above.face(points[0], points[1], points[2], colour);
    }
    if (count == 4) {
      above.face(points[0], points[2], points[3], colour);
    }
    if (leaves >= 0) { // the triangle's border goes from leaves to enters, the cap's back
      if (Math.max(enters, leaves) >= next.length) {
        int old = next.length;
        next = Arrays.copyOf(next, Math.max(2 * old, above.pointCount() + 1));
        Arrays.fill(next, old, next.length, -1);
      }
      next[enters] = leaves;
    }
  }

  private int cutPoint(int from, int to) {
    int known = cuts.get(from, to);
    if (known >= 0) {
      return known;
    }
    float[] at = mesh.positions();
    int low = 3 * Math.min(from, to);
    int high = 3 * Math.max(from, to);
    double share = (height - at[low + 1]) / ((double) at[high + 1] - at[low + 1]);
    int point =
        above.point(
            at[low] + share * ((double) at[high] - at[low]),
            height,
            at[low + 2] + share * ((double) at[high + 2] - at[low + 2]));
    cuts.put(from, to, point);
    return point;
  }

  private void followLoops() {
    for (int start = 0; start < next.length; start++) {
      if (next[start] < 0) {
        continue;
      }
      int[] loop = new int[16];
      int count = 0;
      for (int at = start; next[at] >= 0; ) {
        if (count == loop.length) {
          loop = Arrays.copyOf(loop, 2 * count);
        }
        loop[count] = at;
        count++;
        int following = next[at];
        next[at] = -1;
        at = following;
      }
      loops.add(Arrays.copyOf(loop, count));
    }
  }

  /** Returns the open mesh above the plane, to be completed. */
  MeshBuffer above() {
    return above;
  }

  /** Returns the borders of the section. */
  List<int[]> loops() {
    return loops;
  }

  /** Returns the height of the plane as the points at the border have it. */
  float height() {
    return (float) height;
  }

  /** Closes the mesh with a flat cap, and returns it. */
  EditMesh capped(int colour) throws EditException, InterruptedException {
    PlanePolygon polygon = new PlanePolygon();
    for (int[] loop : loops) {
      double[] x = new double[loop.length];
      double[] y = new double[loop.length];
      for (int at = 0; at < loop.length; at++) {
        x[at] = above.coordinate(loop[at], 0);
        y[at] = above.coordinate(loop[at], 2);
      }
      polygon.add(loop, x, y);
    }
    int[] triangles = polygon.triangulate();
    for (int at = 0; at < triangles.length; at += 3) {
      above.face(triangles[at], triangles[at + 1], triangles[at + 2], colour);
    }
    return above.build().compacted();
  }
}
