package io.maquette.mesh.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Orientation of a model on the build plate. The candidates are the sides of the convex hull and
 * the directions that most of the surface faces. A candidate counts only if the model rests on it:
 * the ray from the centre of mass leaves the hull through that side.
 */
final class Orienter {

  /** Directions in which extreme points are looked for. */
  private static final int EXTREMES = 600;

  private static final int MAX_SIDES = 48;
  private static final int MAX_NORMALS = 24;

  /** Cells of the histogram of normals along each side of a cube. */
  private static final int BINS = 32;

  private static final double SAME = Math.cos(Math.toRadians(1.5));
  private static final double CONTACT_ANGLE = Math.cos(Math.toRadians(4));
  private static final double OVERHANG = Math.cos(Math.toRadians(45));

  /** Gain that makes another orientation better than the present one. */
  private static final double GAIN = 0.01;

  private final EditMesh mesh;
  private final double tolerance;
  private final double[][] normals = new double[6 * BINS * BINS][4];
  private double[][] extremes = new double[0][];
  private double area;

  private Orienter(EditMesh mesh) {
    this.mesh = mesh;
    tolerance = Math.max(0.02, 0.002 * mesh.longest());
  }

  /** Turns a mesh as asked for. */
  static EditMesh of(EditMesh mesh, PrintOptions.Orientation orientation, EditProgress progress)
      throws InterruptedException {
    return switch (orientation.kind()) {
      case AS_IS -> mesh;
      case FACE_DOWN ->
          turned(mesh, new double[] {orientation.x(), orientation.y(), orientation.z()});
      case FLATTEST, LEAST_OVERHANG -> {
        Orienter orienter = new Orienter(mesh);
        double[] down =
            orienter.best(
                orientation.kind() == PrintOptions.OrientationKind.LEAST_OVERHANG, progress);
        yield down[1] == -1 ? mesh : turned(mesh, down);
      }
    };
  }

  private double[] best(boolean byOverhang, EditProgress progress) throws InterruptedException {
    countNormals(progress.part(0, 0.2));
    findExtremes(progress.part(0.2, 0.5));
    List<ConvexHull.Facet> hull = ConvexHull.of(extremes, mesh.longest());
    List<double[]> candidates = candidates(hull);
    double[] best = {0, -1, 0};
    double score = score(best, byOverhang) + GAIN * area;
    EditProgress step = progress.part(0.5, 1);
    for (int at = 0; at < candidates.size(); at++) {
      step.at((double) at / candidates.size());
      double trial = score(candidates.get(at), byOverhang);
      if (trial > score) {
        score = trial;
        best = candidates.get(at);
      }
    }
    return best;
  }

  private double score(double[] down, boolean byOverhang) {
    double contact = contact(down);
    if (!byOverhang) {
      return contact;
    }
    double overhang = 0;
    for (double[] bin : normals) {
      if (bin[3] > 0 && dot(bin, down) > OVERHANG * EditMesh.length(bin)) {
        overhang += bin[3];
      }
    }
    return contact * 0.1 - Math.max(0, overhang - contact);
  }

  private void countNormals(EditProgress progress) throws InterruptedException {
    double[] facing = new double[3];
    for (int face = 0; face < mesh.faceCount(); face++) {
      progress.at(face, mesh.faceCount());
      mesh.facing(face, facing);
      double twice = EditMesh.length(facing);
      if (twice > 0) {
        double[] bin = normals[bin(facing)];
        for (int axis = 0; axis < 3; axis++) {
          bin[axis] += facing[axis] / 2;
        }
        bin[3] += twice / 2;
        area += twice / 2;
      }
    }
  }

  private static int bin(double[] direction) {
    int main = 0;
    for (int axis = 1; axis < 3; axis++) {
      main = Math.abs(direction[axis]) > Math.abs(direction[main]) ? axis : main;
    }
    double length = Math.abs(direction[main]);
    int side = 2 * main + (direction[main] > 0 ? 1 : 0);
    return (side * BINS + part(direction[(main + 1) % 3] / length)) * BINS
        + part(direction[(main + 2) % 3] / length);
  }

  private static int part(double share) {
    // The odd offset keeps directions along the axes away from the borders of the cells.
    return (int) Math.max(0, Math.min(BINS - 1, (share + 1) / 2 * (BINS - 1) + 0.5));
  }

  /** Finds the furthest points in directions that are evenly spread over a sphere. */
  private void findExtremes(EditProgress progress) throws InterruptedException {
    int[] points = columns();
    int[] found = new int[EXTREMES + normals.length];
    int count = 0;
    for (int at = 0; at < EXTREMES; at++) {
      progress.at((double) at / EXTREMES);
      double y = 1 - 2 * (at + 0.5) / EXTREMES;
      double angle = at * Math.PI * (3 - Math.sqrt(5));
      double radius = Math.sqrt(1 - y * y);
      double[] direction = {radius * Math.cos(angle), y, radius * Math.sin(angle)};
      int best = points[0];
      double most = Double.NEGATIVE_INFINITY;
      for (int point : points) {
        double height = height(point, direction);
        if (height > most) {
          most = height;
          best = point;
        }
      }
      found[count] = best;
      count++;
    }
    int[] unique = Arrays.stream(found, 0, count).distinct().toArray();
    extremes = new double[unique.length][];
    for (int at = 0; at < unique.length; at++) {
      int point = 3 * unique[at];
      extremes[at] =
          new double[] {
            mesh.positions()[point], mesh.positions()[point + 1], mesh.positions()[point + 2]
          };
    }
  }

  /** Returns the outermost points of columns along the three axes; all points of a small mesh. */
  private int[] columns() {
    if (mesh.pointCount() < 60_000) {
      return Arrays.stream(mesh.corners()).distinct().toArray();
    }
    int along = 128;
    int[] outer = new int[6 * along * along];
    Arrays.fill(outer, -1);
    for (int axis = 0; axis < 3; axis++) {
      int u = (axis + 1) % 3;
      int v = (axis + 2) % 3;
      double[] low = {mesh.extent(u)[0], mesh.extent(v)[0]};
      double[] cell = {Math.max(1e-9, mesh.size(u) / along), Math.max(1e-9, mesh.size(v) / along)};
      for (int point : mesh.corners()) {
        int i = (int) Math.min(along - 1, (mesh.positions()[3 * point + u] - low[0]) / cell[0]);
        int j = (int) Math.min(along - 1, (mesh.positions()[3 * point + v] - low[1]) / cell[1]);
        int at = 2 * ((axis * along + i) * along + j);
        float height = mesh.positions()[3 * point + axis];
        if (outer[at] < 0 || height < mesh.positions()[3 * outer[at] + axis]) {
          outer[at] = point;
        }
        if (outer[at + 1] < 0 || height > mesh.positions()[3 * outer[at + 1] + axis]) {
          outer[at + 1] = point;
        }
      }
    }
    return Arrays.stream(outer).filter(point -> point >= 0).distinct().toArray();
  }

  private double height(int point, double[] direction) {
    return mesh.positions()[3 * point] * direction[0]
        + mesh.positions()[3 * point + 1] * direction[1]
        + mesh.positions()[3 * point + 2] * direction[2];
  }

  private static double dot(double[] one, double[] other) {
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
  }

  private List<double[]> candidates(List<ConvexHull.Facet> hull) {
    double[] mass = mesh.centreOfMass();
    List<double[]> found = new ArrayList<>();
    double[][] bins = normals.clone();
    Arrays.sort(bins, Comparator.comparingDouble(bin -> -bin[3]));
    for (int at = 0; at < MAX_NORMALS && bins[at][3] > 0; at++) {
      double length = EditMesh.length(bins[at]);
      if (length > 0) {
        add(
            found,
            new double[] {bins[at][0] / length, bins[at][1] / length, bins[at][2] / length},
            hull,
            mass);
      }
    }
    List<ConvexHull.Facet> sides = new ArrayList<>(hull);
    sides.sort(Comparator.comparingDouble(facet -> -facet.area()));
    for (ConvexHull.Facet side : sides.subList(0, Math.min(MAX_SIDES, sides.size()))) {
      add(found, side.normal(), hull, mass);
    }
    return found;
  }

  private static void add(
      List<double[]> found, double[] down, List<ConvexHull.Facet> hull, double[] mass) {
    if (found.stream().noneMatch(other -> dot(other, down) > 1 - 1e-7) && rests(down, hull, mass)) {
      found.add(down);
    }
  }

  /** Returns whether the ray down from the centre of mass leaves the hull at a side facing down. */
  private static boolean rests(double[] down, List<ConvexHull.Facet> hull, double[] mass) {
    double nearest = Double.POSITIVE_INFINITY;
    double facing = 1; // without a hull the model is flat
    for (ConvexHull.Facet side : hull) {
      double towards = dot(side.normal(), down);
      if (towards > 1e-9) {
        double distance = (side.offset() - dot(side.normal(), mass)) / towards;
        if (distance < nearest) {
          nearest = distance;
          facing = towards;
        }
      }
    }
    return facing > SAME;
  }

  /** Returns the area that touches the build plate if a direction points down. */
  private double contact(double[] down) {
    double lowest = Double.NEGATIVE_INFINITY;
    for (double[] extreme : extremes) {
      lowest = Math.max(lowest, dot(extreme, down));
    }
    double contact = 0;
    double[] facing = new double[3];
    int[] corners = mesh.corners();
    for (int face = 0; face < mesh.faceCount(); face++) {
      if (height(corners[3 * face], down) > lowest - tolerance
          && height(corners[3 * face + 1], down) > lowest - tolerance
          && height(corners[3 * face + 2], down) > lowest - tolerance) {
        mesh.facing(face, facing);
        double twice = EditMesh.length(facing);
        contact += dot(facing, down) > CONTACT_ANGLE * twice ? twice / 2 : 0;
      }
    }
    return contact;
  }

  /** Returns a mesh turned so that a direction points down. */
  static EditMesh turned(EditMesh mesh, double[] direction) {
    double length = EditMesh.length(direction);
    double x = direction[0] / length;
    double y = direction[1] / length;
    double z = direction[2] / length;
    double[] rows = {1, 0, 0, 0, -1, 0, 0, 0, -1}; // upside down, about X
    if (y < 1 - 1e-9) {
      double k = 1 / (1 - y);
      rows = new double[] {1 - k * x * x, x, -k * x * z, -x, -y, -z, -k * x * z, z, 1 - k * z * z};
    }
    float[] from = mesh.positions();
    float[] to = new float[from.length];
    for (int at = 0; at < from.length; at += 3) {
      for (int row = 0; row < 3; row++) {
        to[at + row] =
            (float)
                (rows[3 * row] * from[at]
                    + rows[3 * row + 1] * from[at + 1]
                    + rows[3 * row + 2] * from[at + 2]);
      }
    }
    return new EditMesh(to, mesh.corners(), mesh.colours());
  }
}
