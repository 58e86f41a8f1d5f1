package io.maquette.mesh.colour;

/**
 * Colour in CIELAB, where the distance of two colours is close to the difference that people see.
 *
 * <p>The white point is D65 of sRGB (IEC 61966-2-1); the formulas are those of CIE 15:2004.
 *
 * @param lightness 0 (black) to 100 (white)
 * @param a green (negative) to red
 * @param b blue (negative) to yellow
 */
record Lab(double lightness, double a, double b) {

  private static final double WHITE_X = 0.95047;
  private static final double WHITE_Z = 1.08883;
  private static final double KNEE = 6.0 / 29;

  /** Converts 0xRRGGBB. */
  static Lab of(int rgb) {
    double red = linear(rgb >> 16 & 255);
    double green = linear(rgb >> 8 & 255);
    double blue = linear(rgb & 255);
    double x = curve((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE_X);
    double y = curve(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
    double z = curve((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / WHITE_Z);
    return new Lab(116 * y - 16, 500 * (x - y), 200 * (y - z));
  }

  /** Converts to 0xRRGGBB; colours that sRGB does not have are clamped. */
  int rgb() {
    double middle = (lightness + 16) / 116;
    double x = WHITE_X * inverse(middle + a / 500);
    double y = inverse(middle);
    double z = WHITE_Z * inverse(middle - b / 200);
    return srgb(3.2404542 * x - 1.5371385 * y - 0.4985314 * z) << 16
        | srgb(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z) << 8
        | srgb(0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
  }

  /** Returns the square of the distance to another colour. */
  double squaredDistance(Lab other) {
    double ofLightness = lightness - other.lightness;
    double ofA = a - other.a;
    double ofB = b - other.b;
    return ofLightness * ofLightness + ofA * ofA + ofB * ofB;
  }

  private static double curve(double share) {
    return share > KNEE * KNEE * KNEE ? Math.cbrt(share) : share / (3 * KNEE * KNEE) + 4.0 / 29;
  }

  private static double inverse(double value) {
    return value > KNEE ? value * value * value : 3 * KNEE * KNEE * (value - 4.0 / 29);
  }

  private static double linear(int srgb) {
    double value = srgb / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static int srgb(double linear) {
    double value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * Math.max(0, Math.min(1, value)));
  }
}
