package io.maquette.mesh;

/**
 * A picture on a surface.
 *
 * @param horizontal what is left and right of the picture: {@link #REPEAT}, {@link #CLAMP} or
 *     {@link #MIRROR}
 * @param vertical what is above and below it
 * @param texCoord the set of coordinates it is placed by
 * @param transform of those coordinates; null for none
 */
record Texture(
    TexturePicture picture, int horizontal, int vertical, int texCoord, Transform transform) {

  static final int REPEAT = 0;
  static final int CLAMP = 1;
  static final int MIRROR = 2;

  /** Returns the set of coordinates in use. */
  int coordinates() {
    return transform == null || transform.texCoord() < 0 ? texCoord : transform.texCoord();
  }

  /**
   * Returns the colour at a place, 0xRRGGBB; white where the picture cannot be read.
   *
   * @param u from the left, after the transformation
   * @param v from the top
   */
  int at(float u, float v) {
    return picture.isReadable()
        ? picture.pixel(pixel(u, horizontal, picture.width()), pixel(v, vertical, picture.height()))
        : 0xFFFFFF;
  }

  /** Returns the place in the picture, 0 to 1, where every second repetition is mirrored. */
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
