package io.maquette.mesh;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

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

  /**
   * Transformation of texture coordinates ({@code KHR_texture_transform}).
   *
   * @param texCoord the set of coordinates that it applies to; -1 for that of the texture
   */
  record Transform(
      double left, double top, double rotation, double width, double height, int texCoord) {

    /** Returns the transformation of a texture reference; null if there is none. */
    static Transform of(JsonObject use) {
      JsonObject extension = GlbFile.extension(use, "KHR_texture_transform");
      if (extension == null) {
        return null;
      }
      return new Transform(
          number(extension, "offset", 0, 0),
          number(extension, "offset", 1, 0),
          extension.containsKey("rotation") ? extension.getJsonNumber("rotation").doubleValue() : 0,
          number(extension, "scale", 0, 1),
          number(extension, "scale", 1, 1),
          extension.getInt("texCoord", -1));
    }

    private static double number(JsonObject extension, String name, int index, double otherwise) {
      JsonArray numbers = extension.getJsonArray(name);
      return numbers == null ? otherwise : numbers.getJsonNumber(index).doubleValue();
    }

    /** Transforms coordinates in place. */
    void apply(float[] places) {
      double cos = Math.cos(rotation);
      double sin = Math.sin(rotation);
      for (int at = 0; at < places.length; at += 2) {
        double u = places[at] * width;
        double v = places[at + 1] * height;
        places[at] = (float) (cos * u + sin * v + left);
        places[at + 1] = (float) (cos * v - sin * u + top);
      }
    }
  }
}
