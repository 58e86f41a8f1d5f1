package io.maquette.mesh;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

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
