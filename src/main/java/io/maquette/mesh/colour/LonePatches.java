package io.maquette.mesh.colour;

import java.util.Arrays;

/**
 * Filter that gives lone patches the colour around them. A lone patch is a connected set of
 * triangles of one colour that is too small to print: less than {@link #SMALLEST} of the surface. A
 * figure of 80 mm has about 15,000 mm² of surface, and a dot of 0.8 mm, two lines of a 0.4 mm
 * nozzle, has 0.6 mm².
 */
final class LonePatches {

  /** Smallest share of the surface that keeps its own colour. */
  static final double SMALLEST = 1.0 / 20_000;

  /** Maximum number of passes; each joins patches that the pass before it enlarged. */
  private static final int MAX_PASSES = 6;

  private final ColouredFaces faces;
  private final byte[] filaments;
  private final int[] patchOf;
  private final int[] order;
  private int[] begins = new int[64];
  private double[] areas = new double[64];
  private int count;

  private LonePatches(ColouredFaces faces, byte[] filaments) {
    this.faces = faces;
    this.filaments = filaments;
    patchOf = new int[filaments.length];
    order = new int[filaments.length];
  }

  /**
   * Changes the filaments of lone patches.
   *
   * @param filaments index of each triangle's filament, 0 to 15
   */
  static void smooth(ColouredFaces faces, byte[] filaments) {
    double sum = 0;
    for (float area : faces.areas()) {
      sum += area;
    }
    LonePatches patches = new LonePatches(faces, filaments);
    int pass = 0;
    boolean isChanged = true;
    while (isChanged && pass++ < MAX_PASSES) {
      patches.find();
      isChanged = patches.recolour(sum * SMALLEST);
    }
  }

  /** Finds the patches; the triangles of each are next to each other in {@code order}. */
  private void find() {
    Arrays.fill(patchOf, -1);
    count = 0;
    int end = 0;
    for (int seed = 0; seed < patchOf.length; seed++) {
      if (patchOf[seed] < 0) {
        addPatch(end);
        end = fill(seed, end);
      }
    }
    addPatch(end);
    count--; // the last one only marks the end
  }

  private void addPatch(int begin) {
    if (count == begins.length) {
      begins = Arrays.copyOf(begins, 2 * count);
      areas = Arrays.copyOf(areas, 2 * count);
    }
    areas[count] = 0;
    begins[count++] = begin;
  }

  /** Collects the patch around a triangle; returns the end of its range. */
  private int fill(int seed, int begin) {
    int patch = count - 1;
    int end = begin;
    order[end++] = seed;
    patchOf[seed] = patch;
    for (int at = begin; at < end; at++) {
      int face = order[at];
      areas[patch] += faces.areas()[face];
      for (int edge = 3 * face; edge < 3 * face + 3; edge++) {
        int next = faces.neighbours()[edge];
        if (next >= 0 && patchOf[next] < 0 && filaments[next] == filaments[face]) {
          patchOf[next] = patch;
          order[end++] = next;
        }
      }
    }
    return end;
  }

  /** Recolours the patches below an area; returns whether a triangle changed. */
  private boolean recolour(double smallest) {
    boolean isChanged = false;
    for (int patch = 0; patch < count; patch++) {
      if (areas[patch] < smallest) {
        int around = colourAround(patch);
        if (around >= 0 && around != filaments[order[begins[patch]]]) {
          for (int at = begins[patch]; at < begins[patch + 1]; at++) {
            filaments[order[at]] = (byte) around;
          }
          isChanged = true;
        }
      }
    }
    return isChanged;
  }

  /** Returns the colour with the most edges around a patch; -1 if there is nothing around it. */
  private int colourAround(int patch) {
    int[] edges = new int[FilamentColours.MAX];
    for (int at = begins[patch]; at < begins[patch + 1]; at++) {
      for (int edge = 3 * order[at]; edge < 3 * order[at] + 3; edge++) {
        int next = faces.neighbours()[edge];
        if (next >= 0 && patchOf[next] != patch) {
          edges[filaments[next]]++;
        }
      }
    }
    int most = 0;
    for (int colour = 1; colour < edges.length; colour++) {
      most = edges[colour] > edges[most] ? colour : most;
    }
    return edges[most] == 0 ? -1 : most;
  }
}
