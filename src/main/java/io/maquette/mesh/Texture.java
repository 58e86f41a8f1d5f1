package io.maquette.mesh;

/**
 * Texture on a surface.
 *
 * @param horizontal wrap mode to the left and right: {@link #REPEAT}, {@link #CLAMP} or {@link
 *     #MIRROR}
 * @param vertical wrap mode above and below
 * @param texCoord index of the set of texture coordinates
 * @param transform of those coordinates; null for none
 */
record Texture(
    TexturePicture picture, int horizontal, int vertical, int texCoord, Transform transform) {

  static final int REPEAT = 0;
  static final int CLAMP = 1;
  static final int MIRROR = 2;

  /** Returns the index of the set of coordinates in use. */
  int coordinates() {
    return transform == null || transform.texCoord() < 0 ? texCoord : transform.texCoord();
  }

  /**
   * Returns the colour at a coordinate, 0xRRGGBB; white if the picture cannot be read.
   *
   * @param u from the left, after the transformation
   * @param v from the top
   */
  int at(float u, float v) {
    return picture.isReadable()
        ? picture.pixel(pixel(u, horizontal, picture.width()), pixel(v, vertical, picture.height()))
        : 0xFFFFFF;
  }

  /** Returns the coordinate in the picture, 0 to 1, for the mirrored wrap mode. */
  static float mirrored(float place) {
    return (float) (1 - Math.abs(place - 2 * Math.floor(place / 2) - 1));
  }

  private static int pixel(double place, int wrap, int size) {
    double within =
        switch (wrap) {
          case CLAMP -> Math.max(0, Math.min(1, place));
          case MIRROR -> mirrored((float) place);
          default -> place - Math.floor(place);
        };
    return Math.max(0, Math.min(size - 1, (int) (within * size)));
  }
}
