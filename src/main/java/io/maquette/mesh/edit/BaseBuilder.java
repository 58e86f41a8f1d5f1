package io.maquette.mesh.edit;

import java.util.List;

/**
 * Base of a model: its lowest part is cut off, and a disc or a plate under the cut is joined to it.
 * The top of the base has the section of the model as a hole, so the result is one closed surface.
 */
final class BaseBuilder {

  /** Points of the outline of a base. */
  private static final int OUTLINE = 96;

  /** Least distance of the section to the border of the base, in millimetres. */
  private static final double MIN_MARGIN = 0.5;

  /** Reach of the base from the centre of mass, as a share of the model's height: 7 degrees. */
  private static final double STEADY = 0.12;

  /** Radius of the corners of a plate, as a share of its shorter side. */
  private static final double CORNER = 0.1;

  private BaseBuilder() {}

  /**
   * Gives a model a base.
   *
   * @param mesh closed, in the orientation and size of the print
   * @return a closed mesh
   */
  static EditMesh of(EditMesh mesh, PrintOptions.Base base, EditProgress progress)
      throws EditException, InterruptedException {
    if (base.kind() == PrintOptions.BaseKind.NONE) {
      return mesh;
    }
    double height = mesh.size(1);
    if (!(base.cut() < height)) {
      throw new EditException(EditException.Reason.NOTHING_LEFT, "the cut is above the model");
    }
    PlaneCut cut = PlaneCut.of(mesh, mesh.extent(1)[0] + base.cut(), progress);
    return base.kind() == PrintOptions.BaseKind.CUT_FLAT
        ? cut.capped(lowestColour(mesh))
        : join(cut, base, mesh.centreOfMass(), height);
  }

  /** Returns the colour of the triangle that reaches lowest. */
  private static int lowestColour(EditMesh mesh) {
    int lowest = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int at = 0; at < mesh.corners().length; at++) {
      float height = mesh.positions()[3 * mesh.corners()[at] + 1];
      if (height < least) {
        least = height;
        lowest = at / 3;
      }
    }
    return mesh.colours()[lowest];
  }

  private static EditMesh join(PlaneCut cut, PrintOptions.Base base, double[] mass, double height)
      throws EditException, InterruptedException {
    MeshBuffer mesh = cut.above();
    double[][] outline = outline(cut, base, mass, height);
    int[] top = new int[OUTLINE];
    int[] bottom = new int[OUTLINE];
    double under = cut.height() - base.thickness();
    for (int at = 0; at < OUTLINE; at++) {
      top[at] = mesh.point(outline[0][at], cut.height(), outline[1][at]);
      bottom[at] = mesh.point(outline[0][at], under, outline[1][at]);
    }
    // With z before x, counter-clockwise triangles face up.
    PlanePolygon area = new PlanePolygon();
    area.add(top, outline[1], outline[0]);
    for (int[] loop : cut.loops()) {
      double[] z = new double[loop.length];
      double[] x = new double[loop.length];
      for (int at = 0; at < loop.length; at++) {
        z[at] = mesh.coordinate(loop[at], 2);
        x[at] = mesh.coordinate(loop[at], 0);
      }
      area.add(loop, z, x);
    }
    int[] triangles = area.triangulate();
    for (int at = 0; at < triangles.length; at += 3) {
      mesh.face(triangles[at], triangles[at + 1], triangles[at + 2], base.colour());
    }
    for (int at = 0; at < OUTLINE; at++) {
      int to = (at + 1) % OUTLINE;
      mesh.face(top[to], top[at], bottom[at], base.colour());
      mesh.face(top[to], bottom[at], bottom[to], base.colour());
      if (at > 0 && to > 0) {
        mesh.face(bottom[0], bottom[to], bottom[at], base.colour());
      }
    }
    return mesh.build().compacted();
  }

  /** Returns x and z of the outline, in the direction from Z to X: counter-clockwise from above. */
  private static double[][] outline(
      PlaneCut cut, PrintOptions.Base base, double[] mass, double height) {
    double[] box = box(cut.above(), cut.loops());
    double margin = Math.max(MIN_MARGIN, base.margin());
    double reach = STEADY * height;
    double left = Math.min(box[0] - margin, mass[0] - reach);
    double right = Math.max(box[1] + margin, mass[0] + reach);
    double back = Math.min(box[2] - margin, mass[2] - reach);
    double front = Math.max(box[3] + margin, mass[2] + reach);
    double x = (left + right) / 2;
    double z = (back + front) / 2;
    double[][] outline = new double[2][OUTLINE];
    double radius = radius(cut, x, z, margin);
    radius = Math.max(radius, Math.hypot(mass[0] - x, mass[2] - z) + reach);
    boolean isDisc = base.kind() == PrintOptions.BaseKind.DISC;
    double corner = CORNER * Math.min(right - left, front - back);
    for (int at = 0; at < OUTLINE; at++) {
      double angle = 2 * Math.PI * (at + 0.5) / OUTLINE;
      double cos = Math.cos(angle); // along Z
      double sin = Math.sin(angle); // along X
      if (isDisc) {
        outline[0][at] = x + radius * sin;
        outline[1][at] = z + radius * cos;
      } else {
        outline[0][at] = (sin > 0 ? right : left) + corner * sin;
        outline[1][at] = (cos > 0 ? front : back) + corner * cos;
      }
    }
    return outline;
  }

  private static double radius(PlaneCut cut, double x, double z, double margin) {
    double radius = 0;
    for (int[] loop : cut.loops()) {
      for (int point : loop) {
        radius =
            Math.max(
                radius,
                Math.hypot(
                    cut.above().coordinate(point, 0) - x, cut.above().coordinate(point, 2) - z));
      }
    }
    return (radius + margin) / Math.cos(Math.PI / OUTLINE);
  }

  private static double[] box(MeshBuffer mesh, List<int[]> loops) {
    double[] box = {
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (int[] loop : loops) {
      for (int point : loop) {
        box[0] = Math.min(box[0], mesh.coordinate(point, 0));
        box[1] = Math.max(box[1], mesh.coordinate(point, 0));
        box[2] = Math.min(box[2], mesh.coordinate(point, 2));
        box[3] = Math.max(box[3], mesh.coordinate(point, 2));
      }
    }
    return box;
  }
}
