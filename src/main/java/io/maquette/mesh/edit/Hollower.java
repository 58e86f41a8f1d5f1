package io.maquette.mesh.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Cavity within a closed model, with a wall of a given thickness, and drain holes at the bottom.
 * The outer surface stays as it is. The cavity and its holes are a solid on a grid; a cut close to
 * the build plate opens the holes. With holes, a cavity that no hole reaches stays solid.
 */
final class Hollower {

  /** Maximum number of samples: 48 MB for the distances. */
  private static final int MAX_SAMPLES = 12_000_000;

  /** Height of the cut that opens the holes, in millimetres. */
  private static final double CUT = 0.05;

  /** Least distance of samples, in millimetres. */
  private static final double MIN_CELL = 0.15;

  private final EditMesh mesh;
  private final PrintOptions.Hollow hollow;
  private final VoxelGrid grid;
  private final BitSet material;
  private final BitSet cavity = new BitSet();

  private Hollower(EditMesh mesh, PrintOptions.Hollow hollow, VoxelGrid grid) {
    this.mesh = mesh;
    this.hollow = hollow;
    this.grid = grid;
    material = (BitSet) grid.solid.clone();
  }

  /**
   * Hollows a model.
   *
   * @param mesh closed, standing as it is printed
   */
  static EditMesh of(EditMesh mesh, PrintOptions.Hollow hollow, EditProgress progress)
      throws EditException, InterruptedException {
    if (hollow.wall() == 0) {
      return mesh;
    }
    VoxelGrid grid = new VoxelGrid(mesh, Math.max(MIN_CELL, hollow.wall() / 4), MAX_SAMPLES);
    grid.fill(mesh, progress.part(0, 0.3));
    Hollower hollower = new Hollower(mesh, hollow, grid);
    hollower.findCavity(progress.part(0.3, 0.6));
    return hollower.join(progress.part(0.6, 1));
  }

  private void findCavity(EditProgress progress) throws EditException, InterruptedException {
    DistanceField distances = new DistanceField(grid, progress);
    double least = hollow.wall() / grid.cell + 1;
    for (int at = material.nextSetBit(0); at >= 0; at = material.nextSetBit(at + 1)) {
      if (distances.squared(at) >= least * least) {
        cavity.set(at);
      }
    }
    if (cavity.isEmpty()) {
      throw new EditException(
          EditException.Reason.WALL_TOO_THICK, "no cavity remains between the walls");
    }
  }

  private EditMesh join(EditProgress progress) throws EditException, InterruptedException {
    grid.solid.clear();
    if (hollow.holes() == 0) {
      grid.solid.or(cavity);
    } else {
      for (int[] hole : holes()) {
        drill(hole);
      }
    }
    grid.makeWellComposed(progress.part(0, 0.2));
    EditMesh net = SurfaceNets.of(grid, mesh.colours()[0], progress.part(0.2, 0.5));
    float[] positions = net.positions().clone();
    SurfaceNets.smooth(net, positions, grid.cell, null, 6);
    EditMesh inner = new EditMesh(positions, net.corners(), net.colours()).reversed();
    EditMesh both = MeshParts.together(List.of(mesh, inner));
    if (hollow.holes() == 0) {
      return both;
    }
    return PlaneCut.of(both, mesh.extent(1)[0] + CUT, progress.part(0.5, 1))
        .capped(mesh.colours()[0]);
  }

  /** Adds a hole's cylinder and the cavity that it reaches to the solid. */
  private void drill(int[] hole) {
    double radius = hollow.holeDiameter() / 2 / grid.cell;
    int reach = (int) Math.ceil(radius);
    for (int z = hole[1] - reach; z <= hole[1] + reach; z++) {
      for (int x = hole[0] - reach; x <= hole[0] + reach; x++) {
        if (Math.hypot(x - hole[0], z - hole[1]) <= radius) {
          for (int y = Math.max(2, bottomLayer() - 2); y <= hole[2]; y++) {
            grid.solid.set(grid.index(x, y, z));
          }
        }
      }
    }
    addCavity(grid.index(hole[0], hole[2], hole[1]));
  }

  /** Adds all samples of the cavity that are connected with one of them. */
  private void addCavity(int start) {
    int[] steps = {1, -1, grid.size[0], -grid.size[0], 0, 0};
    steps[4] = grid.size[0] * grid.size[1];
    steps[5] = -steps[4];
    BitSet added = new BitSet();
    int[] stack = new int[1 << 10];
    int count = 1;
    stack[0] = start;
    while (count > 0) {
      count--;
      int at = stack[count];
      if (!cavity.get(at) || added.get(at)) {
        continue;
      }
      added.set(at);
      if (count + 6 > stack.length) {
        stack = Arrays.copyOf(stack, 2 * stack.length);
      }
      for (int step : steps) {
        if (cavity.get(at + step) && !added.get(at + step)) {
          stack[count] = at + step;
          count++;
        }
      }
    }
    grid.solid.or(added);
  }

  /** Returns the first layer of samples above the cut. */
  private int bottomLayer() {
    return (int) Math.ceil((mesh.extent(1)[0] + CUT - grid.origin[1]) / grid.cell);
  }

  /**
   * Finds places for the holes: the first where the cavity is lowest, the others far from those.
   *
   * @return x, z, and the layer of the cavity above
   */
  private List<int[]> holes() throws EditException {
    List<int[]> places = places();
    if (places.isEmpty()) {
      throw new EditException(
          EditException.Reason.NO_PLACE_FOR_HOLE, "the bottom has no place for a drain hole");
    }
    List<int[]> holes = new ArrayList<>();
    double apart = 2 * hollow.holeDiameter() / grid.cell;
    for (int hole = 0; hole < hollow.holes(); hole++) {
      int[] best = null;
      double most = Double.NEGATIVE_INFINITY;
      for (int[] place : places) {
        double distance = distance(place, holes);
        double score = holes.isEmpty() ? -place[2] : distance;
        if (score > most && distance >= apart) {
          most = score;
          best = place;
        }
      }
      if (best != null) {
        holes.add(best);
      }
    }
    return holes;
  }

  private static double distance(int[] place, List<int[]> holes) {
    double least = Double.MAX_VALUE;
    for (int[] hole : holes) {
      least = Math.min(least, Math.hypot(place[0] - hole[0], place[1] - hole[1]));
    }
    return least;
  }

  private List<int[]> places() {
    List<int[]> places = new ArrayList<>();
    int bottom = bottomLayer();
    int most = (int) Math.ceil(3 * hollow.wall() / grid.cell) + 3;
    for (int z = 1; z < grid.size[2] - 1; z++) {
      for (int x = 1; x < grid.size[0] - 1; x++) {
        int layer = bottom;
        while (layer < bottom + most
            && layer < grid.size[1] - 1
            && material.get(grid.index(x, layer, z))
            && !cavity.get(grid.index(x, layer, z))) {
          layer++;
        }
        if (layer < grid.size[1] - 1
            && cavity.get(grid.index(x, layer, z))
            && isClear(x, z, bottom, layer)) {
          places.add(new int[] {x, z, layer});
        }
      }
    }
    return places;
  }

  /** Returns whether a hole and the wall around it are within the material. */
  private boolean isClear(int x, int z, int bottom, int top) {
    double radius = (hollow.holeDiameter() / 2 + 0.5 * hollow.wall()) / grid.cell + 1;
    int reach = (int) Math.ceil(radius);
    for (int row = z - reach; row <= z + reach; row++) {
      for (int column = x - reach; column <= x + reach; column++) {
        if (Math.hypot(column - x, row - z) > radius) {
          continue;
        }
        if (row < 0 || column < 0 || row >= grid.size[2] || column >= grid.size[0]) {
          return false;
        }
        for (int layer = bottom; layer <= top; layer++) {
          if (!material.get(grid.index(column, layer, row))) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
