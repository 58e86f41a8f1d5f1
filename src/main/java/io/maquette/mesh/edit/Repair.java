package io.maquette.mesh.edit;

import java.util.BitSet;

/**
 * Repair: computes one closed solid from any mesh. It samples the solid on a grid, takes the
 * surface by surface nets, and moves each point onto the nearest original triangle, whose colour it
 * takes. Sheets without a volume become about one cell thick.
 */
final class Repair {

  /** Maximum number of samples: 40 MB for votes and 5 MB for the solid. */
  static final int MAX_SAMPLES = 40_000_000;

  /** Reach of the search for the nearest triangle, in cells. */
  private static final double REACH = 1.5;

  private static final int SMOOTH_PASSES = 8;

  private final EditMesh mesh;
  private final VoxelGrid grid;

  private Repair(EditMesh mesh, VoxelGrid grid) {
    this.mesh = mesh;
    this.grid = grid;
  }

  /**
   * Repairs a mesh.
   *
   * @param samples samples along the longest side; fewer if the grid would be too large
   */
  static EditMesh of(EditMesh mesh, int samples, EditProgress progress)
      throws EditException, InterruptedException {
    VoxelGrid grid = new VoxelGrid(mesh, mesh.longest() / samples, MAX_SAMPLES);
    grid.fill(mesh, progress.part(0, 0.3));
    Repair repair = new Repair(mesh, grid);
    repair.addSheets(progress.part(0.3, 0.35));
    grid.makeWellComposed(progress.part(0.35, 0.4));
    EditMesh net = SurfaceNets.of(grid, 0, progress.part(0.4, 0.5));
    return repair.fit(net, progress.part(0.5, 1));
  }

  /** Adds samples around triangles near which no sample is inside. */
  private void addSheets(EditProgress progress) throws InterruptedException {
    BitSet before = (BitSet) grid.solid.clone();
    double[] place = new double[3];
    for (int face = 0; face < mesh.faceCount(); face++) {
      progress.at(face, mesh.faceCount());
      double longest = 0;
      for (int side = 0; side < 3; side++) {
        longest = Math.max(longest, length(face, side));
      }
      int steps = (int) Math.min(1000, Math.ceil(longest / (0.7 * grid.cell)) + 1);
      for (int i = 0; i <= steps; i++) {
        for (int j = 0; j <= steps - i; j++) {
          at(face, (double) i / steps, (double) j / steps, place);
          addNear(before, place);
        }
      }
    }
  }

  private double length(int face, int side) {
    double squared = 0;
    for (int axis = 0; axis < 3; axis++) {
      int from = mesh.corners()[3 * face + side];
      int to = mesh.corners()[3 * face + (side + 1) % 3];
      double difference =
          (double) mesh.positions()[3 * to + axis] - mesh.positions()[3 * from + axis];
      squared += difference * difference;
    }
    return Math.sqrt(squared);
  }

  private void at(int face, double v, double w, double[] place) {
    int[] corners = mesh.corners();
    for (int axis = 0; axis < 3; axis++) {
      place[axis] =
          (1 - v - w) * mesh.positions()[3 * corners[3 * face] + axis]
              + v * mesh.positions()[3 * corners[3 * face + 1] + axis]
              + w * mesh.positions()[3 * corners[3 * face + 2] + axis];
    }
  }

  /** Adds the sample nearest to a place, unless one of its neighbours is inside. */
  private void addNear(BitSet before, double[] place) {
    int[] sample = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      sample[axis] = (int) Math.round((place[axis] - grid.origin[axis]) / grid.cell);
    }
    for (int z = sample[2] - 1; z <= sample[2] + 1; z++) {
      for (int y = sample[1] - 1; y <= sample[1] + 1; y++) {
        int row = grid.index(sample[0] - 1, y, z);
        int next = before.nextSetBit(row);
        if (next >= 0 && next <= row + 2) {
          return;
        }
      }
    }
    grid.solid.set(grid.index(sample[0], sample[1], sample[2]));
  }

  /** Moves the points of the net onto the original surface and gives its triangles colours. */
  private EditMesh fit(EditMesh net, EditProgress progress) throws InterruptedException {
    FaceGrid faces = new FaceGrid(mesh, progress.part(0, 0.2));
    EditProgress search = progress.part(0.2, 0.9);
    float[] centres = net.positions();
    float[] positions = centres.clone();
    boolean[] isFixed = new boolean[net.pointCount()];
    int[] nearest = new int[net.pointCount()];
    for (int point = 0; point < nearest.length; point++) {
      search.at(point, nearest.length);
      nearest[point] =
          faces.find(
              centres[3 * point],
              centres[3 * point + 1],
              centres[3 * point + 2],
              REACH * grid.cell);
      if (nearest[point] >= 0) {
        isFixed[point] = true;
        for (int axis = 0; axis < 3; axis++) {
          double move = faces.nearest(axis) - centres[3 * point + axis];
          isFixed[point] &= Math.abs(move) <= 0.75 * grid.cell;
          move = Math.max(-grid.cell / 2, Math.min(grid.cell / 2, move));
          positions[3 * point + axis] = (float) (centres[3 * point + axis] + move);
        }
      }
    }
    SurfaceNets.smooth(net, positions, grid.cell, isFixed, SMOOTH_PASSES);
    int[] colours = colours(net, nearest);
    progress.at(1);
    return new EditMesh(positions, net.corners(), colours);
  }

  /** Returns the colour that most corners of each triangle have; points without one ask around. */
  private int[] colours(EditMesh net, int[] nearest) {
    int[] corners = net.corners();
    boolean hasChanged = true;
    for (int pass = 0; hasChanged && pass < 2000; pass++) {
      hasChanged = false;
      for (int at = 0; at < corners.length; at++) {
        int to = corners[at % 3 == 2 ? at - 2 : at + 1];
        if (nearest[corners[at]] < 0 && nearest[to] >= 0) {
          nearest[corners[at]] = nearest[to];
          hasChanged = true;
        }
      }
    }
    int[] colours = new int[net.faceCount()];
    for (int face = 0; face < colours.length; face++) {
      int a = colour(nearest[corners[3 * face]]);
      int b = colour(nearest[corners[3 * face + 1]]);
      int c = colour(nearest[corners[3 * face + 2]]);
      colours[face] = b == c ? b : a;
    }
    return colours;
  }

  private int colour(int face) {
    return face < 0 ? 0xFFFFFF : mesh.colours()[face];
  }
}
