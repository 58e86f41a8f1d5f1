package io.maquette.mesh;

/**
 * Appearance of a part of a surface.
 *
 * @param colour 0xRRGGBB in sRGB; multiplied with the texture, if there is one
 * @param opacity 0 to 1; 1 unless the material blends
 * @param texture null for none
 */
record Material(int colour, double opacity, Texture texture) {

  static final Material PLAIN = new Material(0xFFFFFF, 1, null);

  /** Multiplies two sRGB colours in linear light, as glTF requires. */
  static int times(int one, int other) {
    if (one == 0xFFFFFF || other == 0xFFFFFF) {
      return one & other;
    }
    int product = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double light = linear((one >> shift) & 255) * linear((other >> shift) & 255);
      product |= srgb(light) << shift;
    }
    return product;
  }

  /** Returns the sRGB colour, 0xRRGGBB, of linear light. */
  static int srgb(double red, double green, double blue) {
    return srgb(red) << 16 | srgb(green) << 8 | srgb(blue);
  }

  /** Converts an sRGB value to linear light, 0 to 1. */
  static double linear(int srgb) {
    double value = srgb / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  /** Converts linear light to an sRGB value, 0 to 255; light outside 0 to 1 is clamped. */
  static int srgb(double linear) {
    double value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * Math.max(0, Math.min(1, value)));
  }
}
