package io.maquette.mesh.edit;

/**
 * Search for the triangle nearest to a place, in a grid of cubic cells that list the triangles
 * whose boxes meet them.
 */
final class FaceGrid {

  private static final int MAX_CELLS_ALONG = 160;

  private final EditMesh mesh;
  private final double[] origin = new double[3];
  private final int[] size = new int[3];
  private double cell;
  private int[] first = new int[0];
  private int[] faces = new int[0];

  private final double[] nearest = new double[3];
  private double squared;

  /** Lists the triangles; the lists have at most four entries for each triangle on average. */
  FaceGrid(EditMesh mesh, EditProgress progress) throws InterruptedException {
    this.mesh = mesh;
    double longest = Math.max(1e-9, mesh.longest());
    long most = 4L * mesh.faceCount() + 100_000;
    int along = (int) Math.max(1, Math.min(MAX_CELLS_ALONG, 2 * Math.sqrt(mesh.faceCount())));
    do {
      cell = longest / along * 1.0001;
      for (int axis = 0; axis < 3; axis++) {
        origin[axis] = mesh.corners().length == 0 ? 0 : mesh.extent(axis)[0];
        size[axis] = 1 + (int) (mesh.size(axis) / cell);
      }
      along = Math.max(1, along / 2);
      progress.at(0);
    } while (entries() > most && size[0] * size[1] * size[2] > 1);
    list(progress);
  }

  private int[] range(int face) {
    int[] range = new int[6];
    for (int axis = 0; axis < 3; axis++) {
      float least = Float.POSITIVE_INFINITY;
      float greatest = Float.NEGATIVE_INFINITY;
      for (int side = 0; side < 3; side++) {
        float at = mesh.positions()[3 * mesh.corners()[3 * face + side] + axis];
        least = Math.min(least, at);
        greatest = Math.max(greatest, at);
      }
      range[axis] = cellOf(least, axis);
      range[3 + axis] = cellOf(greatest, axis);
    }
    return range;
  }

  private int cellOf(double at, int axis) {
    return (int) Math.max(0, Math.min(size[axis] - 1, Math.floor((at - origin[axis]) / cell)));
  }

  private long entries() {
    long entries = 0;
    for (int face = 0; face < mesh.faceCount(); face++) {
      int[] range = range(face);
      entries +=
          (range[3] - range[0] + 1L) * (range[4] - range[1] + 1L) * (range[5] - range[2] + 1L);
    }
    return entries;
  }

  private void list(EditProgress progress) throws InterruptedException {
    first = new int[size[0] * size[1] * size[2] + 1];
    for (int pass = 0; pass < 2; pass++) {
      for (int face = 0; face < mesh.faceCount(); face++) {
        progress.at(face, mesh.faceCount());
        int[] range = range(face);
        for (int z = range[2]; z <= range[5]; z++) {
          for (int y = range[1]; y <= range[4]; y++) {
            for (int x = range[0]; x <= range[3]; x++) {
              int at = x + size[0] * (y + size[1] * z);
              if (pass == 0) {
                first[at]++;
              } else {
                first[at]--;
                faces[first[at]] = face;
              }
            }
          }
        }
      }
      if (pass == 0) {
        for (int at = 1; at < first.length; at++) {
          first[at] += first[at - 1];
        }
        faces = new int[first[first.length - 1]];
      }
    }
  }

  /**
   * Finds the triangle nearest to a place.
   *
   * @param within maximum distance
   * @return the triangle, or -1 if none is within the distance
   */
  int find(double x, double y, double z, double within) {
    double[] place = {x, y, z};
    int found = -1;
    double best = within * within;
    int[] centre = {cellOf(x, 0), cellOf(y, 1), cellOf(z, 2)};
    double outside = 0;
    for (int axis = 0; axis < 3; axis++) {
      double low = origin[axis] - place[axis];
      double high = place[axis] - origin[axis] - cell * size[axis];
      outside = Math.max(outside, Math.max(low, high));
    }
    int rings = (int) Math.min(size[0] + size[1] + size[2], Math.ceil((within + outside) / cell));
    for (int ring = 0; ring <= rings; ring++) {
      double clear = (ring - 1) * cell - outside;
      if (clear > 0 && clear * clear > best) {
        break;
      }
      best = searchRing(centre, ring, place, best);
      found = lastFound >= 0 ? lastFound : found;
    }
    squared = best;
    return found;
  }

  private int lastFound;

  private double searchRing(int[] centre, int ring, double[] place, double most) {
    double best = most;
    lastFound = -1;
    double[] on = new double[3];
    for (int z = Math.max(0, centre[2] - ring); z <= Math.min(size[2] - 1, centre[2] + ring); z++) {
      for (int y = Math.max(0, centre[1] - ring);
          y <= Math.min(size[1] - 1, centre[1] + ring);
          y++) {
        boolean isSide = Math.abs(z - centre[2]) == ring || Math.abs(y - centre[1]) == ring;
        int step = isSide || ring == 0 ? 1 : 2 * ring;
        for (int x = centre[0] - ring; x <= centre[0] + ring; x += step) {
          if (x < 0 || x >= size[0]) {
            continue;
          }
          int at = x + size[0] * (y + size[1] * z);
          for (int entry = first[at]; entry < first[at + 1]; entry++) {
            double distance = TriangleDistance.squared(mesh, faces[entry], place, on);
            if (distance <= best) {
              best = distance;
              lastFound = faces[entry];
              System.arraycopy(on, 0, nearest, 0, 3);
            }
          }
        }
      }
    }
    return best;
  }

  /** Returns a coordinate of the point that the last search found on its triangle. */
  double nearest(int axis) {
    return nearest[axis];
  }

  /** Returns the distance that the last search found. */
  double distance() {
    return Math.sqrt(squared);
  }
}
