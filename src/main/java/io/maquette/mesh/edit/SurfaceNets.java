package io.maquette.mesh.edit;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Surface of a solid on a grid, by surface nets (Gibson 1998): one point in each cell of eight
 * samples that has samples inside and outside. The solid must be well composed; then the surface is
 * a closed manifold.
 */
final class SurfaceNets {

  private final VoxelGrid grid;
  private final BitSet solid;
  private final MeshBuffer mesh = new MeshBuffer();

  /** Points of the cells of the layer before, and of this layer, plus one. */
  private int[] before;

  private int[] now;

  private SurfaceNets(VoxelGrid grid) {
    this.grid = grid;
    solid = grid.solid;
    before = new int[grid.size[0] * grid.size[1]];
    now = new int[before.length];
  }

  /**
   * Returns the surface, with each point at the centre of its cell and all triangles of one colour.
   */
  static EditMesh of(VoxelGrid grid, int colour, EditProgress progress)
      throws EditException, InterruptedException {
    SurfaceNets nets = new SurfaceNets(grid);
    for (int z = 0; z < grid.size[2] - 1; z++) {
      progress.at((double) z / grid.size[2]);
      nets.addLayer(z, colour);
    }
    if (nets.mesh.faceCount() == 0) {
      throw new EditException(EditException.Reason.NOTHING_LEFT, "the solid is empty");
    }
    return nets.mesh.build();
  }

  private void addLayer(int z, int colour) throws EditException {
    int[] swap = before;
    before = now;
    now = swap;
    int width = grid.size[0];
    for (int y = 0; y < grid.size[1] - 1; y++) {
      for (int x = 0; x < width - 1; x++) {
        now[x + width * y] = isMixed(grid.index(x, y, z)) ? addPoint(x, y, z) : 0;
      }
    }
    for (int y = 1; y < grid.size[1] - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        if (now[x + width * y] > 0) {
          addFaces(x, y, z, colour);
        }
      }
    }
  }

  private boolean isMixed(int at) {
    boolean first = solid.get(at);
    int up = grid.size[0];
    int deep = grid.size[0] * grid.size[1];
    return first != solid.get(at + 1)
        || first != solid.get(at + up)
        || first != solid.get(at + up + 1)
        || first != solid.get(at + deep)
        || first != solid.get(at + deep + 1)
        || first != solid.get(at + deep + up)
        || first != solid.get(at + deep + up + 1);
  }

  private int addPoint(int x, int y, int z) {
    return 1
        + mesh.point(
            grid.place(x, 0) + grid.cell / 2,
            grid.place(y, 1) + grid.cell / 2,
            grid.place(z, 2) + grid.cell / 2);
  }

  /** Adds the squares across the three grid edges from the first sample of a cell. */
  private void addFaces(int x, int y, int z, int colour) throws EditException {
    int at = grid.index(x, y, z);
    int width = grid.size[0];
    int cell = x + width * y;
    boolean isInside = solid.get(at);
    if (isInside != solid.get(at + 1)) {
      square(isInside, colour, now[cell], before[cell], before[cell - width], now[cell - width]);
    }
    if (isInside != solid.get(at + width)) {
      square(isInside, colour, now[cell], now[cell - 1], before[cell - 1], before[cell]);
    }
    if (isInside != solid.get(at + width * grid.size[1])) {
      square(isInside, colour, now[cell], now[cell - width], now[cell - width - 1], now[cell - 1]);
    }
  }

  /** Adds a square whose corners are clockwise seen from the further sample of its edge. */
  private void square(boolean isReversed, int colour, int a, int b, int c, int d)
      throws EditException {
    if (isReversed) {
      mesh.face(a - 1, d - 1, c - 1, colour);
      mesh.face(a - 1, c - 1, b - 1, colour);
    } else {
      mesh.face(a - 1, b - 1, c - 1, colour);
      mesh.face(a - 1, c - 1, d - 1, colour);
    }
  }

  /**
   * Smooths points; each stays within its cell.
   *
   * @param mesh surface whose points are at the centres of their cells
   * @param positions of the points, changed in place
   * @param isFixed which points stay; null for none
   */
  static void smooth(EditMesh mesh, float[] positions, double cell, boolean[] isFixed, int passes) {
    float[] centres = mesh.positions();
    float[] sum = new float[positions.length];
    int[] number = new int[positions.length / 3];
    int[] corners = mesh.corners();
    for (int pass = 0; pass < passes; pass++) {
      Arrays.fill(sum, 0);
      Arrays.fill(number, 0);
      for (int at = 0; at < corners.length; at++) {
        int from = corners[at];
        int to = corners[at % 3 == 2 ? at - 2 : at + 1];
        number[from]++;
        for (int axis = 0; axis < 3; axis++) {
          sum[3 * from + axis] += positions[3 * to + axis] - centres[3 * from + axis];
        }
      }
      for (int point = 0; point < number.length; point++) {
        if (number[point] > 0 && (isFixed == null || !isFixed[point])) {
          for (int axis = 0; axis < 3; axis++) {
            double move = sum[3 * point + axis] / number[point];
            move = Math.max(-cell / 2, Math.min(cell / 2, move));
            positions[3 * point + axis] = (float) (centres[3 * point + axis] + move);
          }
        }
      }
    }
  }
}
