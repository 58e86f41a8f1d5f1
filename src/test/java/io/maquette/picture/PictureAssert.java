package io.maquette.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;

/** Assertions on the quarters of a picture. */
public final class PictureAssert {

  private PictureAssert() {}

  /**
   * Compares the middle of each quarter.
   *
   * @param quarters 0xAARRGGBB: upper left, upper right, lower left, lower right
   */
  public static void assertQuarters(BufferedImage image, int[] quarters, int tolerance) {
    for (int i = 0; i < 4; i++) {
      int x = image.getWidth() * (i % 2 == 0 ? 1 : 3) / 4;
      int y = image.getHeight() * (i < 2 ? 1 : 3) / 4;
      assertColour("quarter " + i, image.getRGB(x, y), quarters[i], tolerance);
    }
  }

  /** Compares one colour. */
  public static void assertColour(String what, int actual, int expected, int tolerance) {
    String description = "%s is %08x and should be %08x".formatted(what, actual, expected);
    assertThat(actual >>> 24).as(description).isEqualTo(expected >>> 24);
    if (expected >>> 24 == 0) {
      return;
    }
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(Math.abs((actual >> shift & 255) - (expected >> shift & 255)))
          .as(description)
          .isLessThanOrEqualTo(tolerance);
    }
  }
}
