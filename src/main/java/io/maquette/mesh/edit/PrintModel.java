package io.maquette.mesh.edit;

/**
 * Run of all operations that options ask for, in this order: repair, orientation, parts, size and
 * base, cavity, fewer triangles. The result stands on the build plate over the origin.
 */
public final class PrintModel {

  /** Trials to reach a size, because a base has its own height and width. */
  private static final int SIZE_TRIALS = 4;

  private static final double CLOSE = 1e-4;

  private PrintModel() {}

  /**
   * Result of a run.
   *
   * @param isRepaired whether the surface was computed again from a solid
   * @param scale size of the result relative to the model as it was
   */
  public record Result(EditMesh mesh, boolean isRepaired, double scale) {}

  /**
   * Changes a model.
   *
   * @param mesh the model; stays as it is
   * @param listener receives the progress on this thread
   * @throws EditException if the model does not suit an operation
   * @throws InterruptedException if the thread is interrupted during the work
   */
  public static Result run(EditMesh mesh, PrintOptions options, ProgressListener listener)
      throws EditException, InterruptedException {
    if (mesh.faceCount() == 0 || !(mesh.longest() > 0)) {
      throw new EditException(EditException.Reason.EMPTY, "the model has no size");
    }
    if (mesh.faceCount() > EditMesh.MAX_FACES) {
      throw new EditException(EditException.Reason.TOO_MANY_FACES, "the model is too large");
    }
    EditProgress progress = new EditProgress(listener);
    progress.at(0);
    PrintOptions.Shape shape = options.shape();
    boolean mustRepair =
        shape.repair() == PrintOptions.RepairKind.ALWAYS
            || shape.parts() == PrintOptions.PartsKind.JOINED
            || (options.needClosed() && !isSolid(mesh));
    EditMesh solid = mesh;
    if (mustRepair) {
      solid = Repair.of(mesh, shape.samples(), progress.part(0, 0.4));
    }
    EditMesh turned = Orienter.of(solid, options.orientation(), progress.part(0.4, 0.5)).onPlate();
    if (shape.parts() == PrintOptions.PartsKind.APART) {
      turned = MeshParts.apart(turned).onPlate();
    }
    Sized sized = size(turned, options, progress.part(0.5, 0.6));
    EditMesh hollow = Hollower.of(sized.mesh(), options.hollow(), progress.part(0.6, 0.75));
    EditMesh reduced = hollow;
    if (shape.faces() > 0) {
      reduced = Decimation.of(hollow, shape.faces(), progress.part(0.75, 1));
    }
    progress.at(1);
    return new Result(reduced.onPlate(), mustRepair, sized.scale());
  }

  private static boolean isSolid(EditMesh mesh) {
    return mesh.isClosed() && mesh.volume() > 0;
  }

  private record Sized(EditMesh mesh, double scale) {}

  /** Gives a model its size and its base; both together have the size that the options ask for. */
  private static Sized size(EditMesh mesh, PrintOptions options, EditProgress progress)
      throws EditException, InterruptedException {
    double scale = missing(mesh, options.size());
    for (int trial = 0; ; trial++) {
      EditMesh based =
          BaseBuilder.of(mesh.placed(scale, 0, 0, 0), options.base(), progress).onPlate();
      double missing = missing(based, options.size());
      if (Math.abs(missing - 1) < CLOSE || trial == SIZE_TRIALS) {
        return new Sized(based.placed(missing, 0, 0, 0), scale * missing);
      }
      scale *= missing;
    }
  }

  /** Returns the factor by which a model must grow. */
  private static double missing(EditMesh mesh, PrintOptions.Size size) {
    return switch (size.kind()) {
      case KEEP -> 1;
      case HEIGHT -> factor(size.millimetres(), mesh.size(1));
      case WIDTH -> factor(size.millimetres(), mesh.size(0));
      case LONGEST -> factor(size.millimetres(), mesh.longest());
      case FIT ->
          Math.min(
              factor(size.plateHeight(), mesh.size(1)),
              Math.min(
                  factor(size.plateWidth(), mesh.size(0)),
                  factor(size.plateDepth(), mesh.size(2))));
    };
  }

  private static double factor(double wanted, double present) {
    return wanted / Math.max(1e-6, present);
  }
}
