package io.maquette.studio;

/**
 * Material of a whole picture: a gradient of tones from dark to light that replaces its colours.
 */
enum Material {
  GOLD(0x6E4A0C, 0xE0A92A, 0xFFE9A6),
  SILVER(0x4B525C, 0xA9B2BD, 0xF1F4F7),
  BRONZE(0x3A2414, 0xA9743F, 0xE6BE86),
  WOOD(0x4A2C16, 0xA9713F, 0xDDB27C),
  STONE(0x44423E, 0x96928A, 0xD3CFC6),
  MARBLE(0xA9A6A4, 0xD8D4CE, 0xEFEBE4),
  JADE(0x14503A, 0x4FA97F, 0xB4E2C6),
  PORCELAIN(0x1F3F8F, 0x7D9BD4, 0xDCE6F7);

  private final int dark;
  private final int middle;
  private final int light;

  Material(int dark, int middle, int light) {
    this.dark = dark;
    this.middle = middle;
    this.light = light;
  }

  /** Returns the tone that replaces a colour. */
  int tone(int rgb) {
    double lightness = Tone.lightness(rgb);
    return lightness < 0.5
        ? Tone.mix(dark, middle, 2 * lightness)
        : Tone.mix(middle, light, 2 * lightness - 1);
  }
}
