package io.maquette.mesh.colour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Filament colours of a surface: a palette, and the filament of each triangle.
 *
 * @param palette 1 to {@link #MAX} colours, 0xRRGGBB; filament 1 of a slicer is the first
 * @param filaments index in the palette of each triangle's colour
 */
@SuppressWarnings("ArrayRecordComponent") // created once, read by the writers
public record FilamentColours(List<Integer> palette, byte[] filaments) {

  /** Maximum number of filaments that the painting of every slicer supports. */
  public static final int MAX = 16;

  /** Smallest weight of a colour, so that triangles without an area count. */
  private static final double MIN_WEIGHT = 1e-12;

  /**
   * Reduces the colours of triangles to those of filaments. Colours are weighted by area. Patches
   * too small to print get the colour around them.
   *
   * @param faces one triangle or more
   * @param choice number of colours, of which there are fewer if the surface has fewer. The colours
   *     of its palette come first, in their order. Unused ones stay, so that the indices are those
   *     of the filaments. The other colours follow, by decreasing area
   */
  public static FilamentColours of(ColouredFaces faces, FilamentChoice choice) {
    if (faces.count() == 0) {
      throw new IllegalArgumentException("no triangles");
    }
    List<Integer> locked = choice.palette();
    int[] colourOfFace = faces.colours().clone();
    int[] colours = ColourTable.number(colourOfFace);
    double[] weights = new double[colours.length];
    Arrays.fill(weights, MIN_WEIGHT);
    for (int face = 0; face < colourOfFace.length; face++) {
      weights[colourOfFace[face]] += faces.areas()[face];
    }
    Lab[] seen = Arrays.stream(colours).mapToObj(Lab::of).toArray(Lab[]::new);
    ColourClusters clusters =
        ColourClusters.of(seen, weights, locked.stream().map(Lab::of).toList(), choice.count());
    byte[] filaments = new byte[colourOfFace.length];
    for (int face = 0; face < filaments.length; face++) {
      filaments[face] = (byte) clusters.clusterOf(colourOfFace[face]);
    }
    LonePatches.smooth(faces, filaments);
    List<Integer> palette = new ArrayList<>(locked);
    List<Lab> centres = clusters.centres();
    for (Lab free : centres.subList(locked.size(), centres.size())) {
      palette.add(free.rgb());
    }
    return inOrder(palette, locked.size(), filaments, faces.areas());
  }

  /** Leaves out unused and equal colours, and sorts the free ones by area. */
  private static FilamentColours inOrder(
      List<Integer> palette, int locked, byte[] filaments, float[] areas) {
    int[] first = new int[palette.size()];
    Arrays.setAll(first, colour -> palette.indexOf(palette.get(colour)));
    double[] areaOf = new double[first.length];
    boolean[] isUsed = new boolean[first.length];
    for (int face = 0; face < filaments.length; face++) {
      areaOf[first[filaments[face]]] += areas[face];
      isUsed[first[filaments[face]]] = true;
    }
    List<Integer> kept = new ArrayList<>();
    for (int colour = 0; colour < first.length; colour++) {
      if (colour < locked || isUsed[colour]) {
        kept.add(colour);
      }
    }
    kept.subList(locked, kept.size())
        .sort(Comparator.comparingDouble((Integer colour) -> -areaOf[colour]));
    byte[] moved = new byte[first.length];
    for (int colour = 0; colour < first.length; colour++) {
      moved[colour] = (byte) kept.indexOf(first[colour]);
    }
    for (int face = 0; face < filaments.length; face++) {
      filaments[face] = moved[filaments[face]];
    }
    return new FilamentColours(kept.stream().map(palette::get).toList(), filaments);
  }
}
