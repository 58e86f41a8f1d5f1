package io.maquette.mesh;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * How a model stands on the build plate in its present orientation, as printed solid.
 *
 * @param contact area in square millimetres that touches the build plate in the first layer
 * @param tipping angle in degrees by which the model can be tilted before it falls over; 0 or less
 *     if it falls over by itself
 * @param floating number of pieces that do not touch the build plate, directly or through others
 * @param islands number of places other than the build plate where a layer starts with nothing
 *     below
 * @param support volume in cubic millimetres below everything that overhangs by more than 45
 *     degrees; an upper bound of the support material
 */
public record Standing(double contact, double tipping, int floating, int islands, double support) {

  /** Height of the first layer in millimetres, as most slicers print it. */
  private static final double FIRST_LAYER = 0.2;

  /** Angle of a model without any height above its base. */
  private static final double FLAT = 90;

  static Standing of(Surface surface) {
    return new Analysis(new VoxelSolid(surface, FIRST_LAYER)).standing();
  }

  /** Corner of a cell in the plane of the build plate, in cells. */
  private record Corner(int x, int z) {}

  /** Analysis of one solid. */
  private static final class Analysis {
    private final VoxelSolid solid;
    private int islands;
    private long supportCells;

    Analysis(VoxelSolid solid) {
      this.solid = solid;
    }

    Standing standing() {
      countIslandsAndSupport();
      double area = solid.cell * solid.cell;
      return new Standing(
          solid.bottom().cardinality() * area,
          tipping(),
          floating(),
          islands,
          supportCells * area * solid.cell);
    }

    private void countIslandsAndSupport() {
      BitSet covered = new BitSet(); // columns with support below, down to the solid or the plate
      for (int y = solid.height - 1; y > 0; y--) {
        BitSet below = solid.layer(y - 1);
        BitSet hanging = (BitSet) solid.layer(y).clone();
        BitSet carried = solid.widened(below);
        hanging.andNot(carried);
        islands += islandsIn(solid.layer(y), carried);
        covered.or(hanging);
        covered.andNot(below);
        supportCells += covered.cardinality();
      }
    }

    /** Counts the pieces of a layer that nothing in the layer below carries. */
    private int islandsIn(BitSet layer, BitSet carried) {
      BitSet left = (BitSet) layer.clone();
      int found = 0;
      for (int start = left.nextSetBit(0); start >= 0; start = left.nextSetBit(start)) {
        boolean isCarried = false;
        Deque<Integer> next = new ArrayDeque<>();
        left.clear(start);
        next.add(start);
        while (!next.isEmpty()) {
          int at = next.poll();
          isCarried |= carried.get(at);
          addNeighbours(left, at, next);
        }
        found += isCarried ? 0 : 1;
      }
      return found;
    }

    private void addNeighbours(BitSet left, int at, Deque<Integer> next) {
      int x = at % solid.width;
      int z = at / solid.width;
      for (int row = Math.max(0, z - 1); row <= Math.min(solid.depth - 1, z + 1); row++) {
        for (int column = Math.max(0, x - 1);
            column <= Math.min(solid.width - 1, x + 1);
            column++) {
          int neighbour = column + solid.width * row;
          if (left.get(neighbour)) {
            left.clear(neighbour);
            next.add(neighbour);
          }
        }
      }
    }

    /** Counts the connected pieces that have no cell at the build plate. */
    private int floating() {
      BitSet[] left = new BitSet[solid.height];
      for (int y = 0; y < solid.height; y++) {
        left[y] = (BitSet) solid.layer(y).clone();
      }
      int found = 0;
      for (int y = 0; y < solid.height; y++) {
        for (int start = left[y].nextSetBit(0); start >= 0; start = left[y].nextSetBit(start)) {
          found += reachesPlate(left, y, start) ? 0 : 1;
        }
      }
      return found;
    }

    /** Removes the piece of a cell from what is left, and returns whether it touches the plate. */
    private boolean reachesPlate(BitSet[] left, int y, int start) {
      boolean reaches = false;
      Deque<long[]> next = new ArrayDeque<>();
      left[y].clear(start);
      next.add(new long[] {y, start});
      while (!next.isEmpty()) {
        long[] at = next.poll();
        reaches |= at[0] == 0;
        for (int layer = (int) Math.max(0, at[0] - 1);
            layer <= Math.min(solid.height - 1, at[0] + 1);
            layer++) {
          Deque<Integer> found = new ArrayDeque<>();
          addNeighbours(left[layer], (int) at[1], found);
          for (int neighbour : found) {
            next.add(new long[] {layer, neighbour});
          }
        }
      }
      return reaches;
    }

    private double tipping() {
      List<Corner> hull = hull();
      if (hull.size() < 3) {
        return 0;
      }
      double[] mass = centreOfMass();
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < hull.size(); i++) {
        Corner a = hull.get(i);
        Corner b = hull.get((i + 1) % hull.size());
        double length = Math.hypot((double) b.x() - a.x(), (double) b.z() - a.z());
        double cross =
            ((double) b.x() - a.x()) * (mass[2] - a.z())
                - ((double) b.z() - a.z()) * (mass[0] - a.x());
        least = Math.min(least, cross / length);
      }
      return mass[1] <= 0 ? FLAT : Math.toDegrees(Math.atan2(least, mass[1]));
    }

    /** Returns the centre of mass in cells: x, height and z. */
    private double[] centreOfMass() {
      double[] sum = new double[3];
      long cells = 0;
      for (int y = 0; y < solid.height; y++) {
        BitSet layer = solid.layer(y);
        for (int at = layer.nextSetBit(0); at >= 0; at = layer.nextSetBit(at + 1)) {
          sum[0] += at % solid.width + 0.5;
          sum[1] += y + 0.5;
          int row = at / solid.width;
          sum[2] += row + 0.5;
          cells++;
        }
      }
      return new double[] {sum[0] / cells, sum[1] / cells, sum[2] / cells};
    }

    /** Returns the convex hull of the contact, by Andrew's monotone chain. */
    private List<Corner> hull() {
      List<Corner> corners = new ArrayList<>();
      BitSet bottom = solid.bottom();
      for (int z = 0; z < solid.depth; z++) {
        int first = bottom.nextSetBit(z * solid.width);
        int last = bottom.previousSetBit((z + 1) * solid.width - 1);
        if (first >= 0 && first < (z + 1) * solid.width) {
          int left = first % solid.width;
          int right = last % solid.width + 1;
          corners.add(new Corner(left, z));
          corners.add(new Corner(left, z + 1));
          corners.add(new Corner(right, z));
          corners.add(new Corner(right, z + 1));
        }
      }
      corners.sort(Comparator.comparingInt(Corner::x).thenComparingInt(Corner::z));
      List<Corner> hull = half(corners);
      List<Corner> back = new ArrayList<>(corners);
      Collections.reverse(back);
      hull.addAll(half(back));
      return hull;
    }

    /** Returns one side of the hull without its last corner. */
    private static List<Corner> half(List<Corner> sorted) {
      List<Corner> side = new ArrayList<>();
      for (Corner corner : sorted) {
        while (side.size() > 1
            && turn(side.get(side.size() - 2), side.get(side.size() - 1), corner) <= 0) {
          side.remove(side.size() - 1);
        }
        side.add(corner);
      }
      if (!side.isEmpty()) {
        side.remove(side.size() - 1);
      }
      return side;
    }

    private static long turn(Corner a, Corner b, Corner c) {
      return (long) (b.x() - a.x()) * (c.z() - a.z()) - (long) (b.z() - a.z()) * (c.x() - a.x());
    }
  }
}
