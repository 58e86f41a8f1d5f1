package io.maquette.studio;

import io.maquette.provider.ProviderException;
import java.awt.image.BufferedImage;

/**
 * Builder of a model's texture from its picture. The foreground's colours extend over the
 * background and along the outline, so that the edges have no light rim.
 */
final class TextureBuilder {

  static final int SIDE = 1024;
  private static final float QUALITY = 0.9f;

  /** Cells along the outline whose colours are mixed with the background and replaced. */
  private static final int MIXED_LAYERS = 2;

  private TextureBuilder() {}

  /**
   * Builds the texture, a JPEG.
   *
   * @param shape the part of the picture that the model contains
   */
  static byte[] of(BufferedImage picture, Foreground shape) throws ProviderException {
    BufferedImage scaled = Foreground.scaled(picture, SIDE);
    int width = scaled.getWidth();
    int height = scaled.getHeight();
    int[] argb = scaled.getRGB(0, 0, width, height, null, 0, width);
    boolean[] sure = shape.without(MIXED_LAYERS);
    float[] colour = new float[4 * argb.length];
    for (int row = 0; row < height; row++) {
      int cellRow = row * shape.height() / height;
      for (int column = 0; column < width; column++) {
        int pixel = row * width + column;
        if (sure[cellRow * shape.width() + column * shape.width() / width]) {
          colour[4 * pixel] = (argb[pixel] >> 16) & 255;
          colour[4 * pixel + 1] = (argb[pixel] >> 8) & 255;
          colour[4 * pixel + 2] = argb[pixel] & 255;
          colour[4 * pixel + 3] = 1;
        }
      }
    }
    goOn(colour, width, height);
    BufferedImage skin = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < argb.length; pixel++) {
      int rgb =
          Math.round(colour[4 * pixel]) << 16
              | Math.round(colour[4 * pixel + 1]) << 8
              | Math.round(colour[4 * pixel + 2]);
      skin.setRGB(pixel % width, pixel / width, rgb);
    }
    return PictureEncoder.of(skin, "jpeg", QUALITY);
  }

  /**
   * Fills pixels without colour (weight 0) from the nearest pixels with one. It averages four
   * pixels, then four of these averages and so on until all are covered, and then goes back to full
   * resolution.
   */
  private static void goOn(float[] colour, int width, int height) {
    if (width == 1 && height == 1) {
      return;
    }
    int halfWidth = (width + 1) / 2;
    int halfHeight = (height + 1) / 2;
    float[] half = new float[4 * halfWidth * halfHeight];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int from = 4 * (row * width + column);
        int to = 4 * (row / 2 * halfWidth + column / 2);
        for (int channel = 0; channel < 3; channel++) {
          half[to + channel] += colour[from + channel] * colour[from + 3];
        }
        half[to + 3] += colour[from + 3];
      }
    }
    for (int at = 0; at < half.length; at += 4) {
      if (half[at + 3] > 0) {
        for (int channel = 0; channel < 3; channel++) {
          half[at + channel] /= half[at + 3];
        }
        half[at + 3] = 1;
      }
    }
    goOn(half, halfWidth, halfHeight);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int to = 4 * (row * width + column);
        if (colour[to + 3] == 0) {
          int from = 4 * (row / 2 * halfWidth + column / 2);
          System.arraycopy(half, from, colour, to, 4);
        }
      }
    }
  }
}
