package io.maquette.mesh.colour;

/**
 * Triangles of a surface, as far as their colours matter.
 *
 * @param colours 0xRRGGBB of each triangle
 * @param areas of each triangle, 0 or greater, in any unit
 * @param neighbours three for each triangle: the index of the triangle beyond that edge, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // created once, read once
public record ColouredFaces(int[] colours, float[] areas, int[] neighbours) {

  /**
   * Checks the lengths of the arrays.
   *
   * @throws IllegalArgumentException if they do not belong together
   */
  public ColouredFaces {
    if (areas.length != colours.length || neighbours.length != 3 * colours.length) {
      throw new IllegalArgumentException("one area and three neighbours for each triangle");
    }
  }

  int count() {
    return colours.length;
  }
}
