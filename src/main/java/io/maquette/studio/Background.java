package io.maquette.studio;

import java.util.Arrays;

/**
 * Background colour at each pixel of a picture, interpolated from its border, so that gradients are
 * supported. Where an object touches the border, the median colour of the whole border is used.
 */
final class Background {

  /** Minimum distance in RGB between the foreground and the background. */
  private static final int DIFFERENCE = 26;

  /**
   * Maximum distance in RGB between a background pixel on the border and the border's median
   * colour.
   */
  private static final int STRANGE = 90;

  private final int[] argb;
  private final int width;
  private final int height;
  private final int middle;

  /** Background colours along each side. */
  private final int[] left;

  private final int[] right;
  private final int[] top;
  private final int[] bottom;

  Background(int[] argb, int width, int height) {
    this.argb = argb;
    this.width = width;
    this.height = height;
    middle = middleOfBorder();
    left = new int[height];
    right = new int[height];
    top = new int[width];
    bottom = new int[width];
    for (int row = 0; row < height; row++) {
      left[row] = familiar(argb[row * width]);
      right[row] = familiar(argb[row * width + width - 1]);
    }
    for (int column = 0; column < width; column++) {
      top[column] = familiar(argb[column]);
      bottom[column] = familiar(argb[(height - 1) * width + column]);
    }
  }

  /** Returns which pixels differ from the background. */
  boolean[] unlike() {
    boolean[] unlike = new boolean[argb.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int pixel = row * width + column;
        unlike[pixel] = isUnlike(argb[pixel], row, column);
      }
    }
    return unlike;
  }

  private boolean isUnlike(int colour, int row, int column) {
    double fromLeft = 1.0 / (column + 1);
    double fromRight = 1.0 / (width - column);
    double fromTop = 1.0 / (row + 1);
    double fromBottom = 1.0 / (height - row);
    double all = fromLeft + fromRight + fromTop + fromBottom;
    double distance = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double expected =
          (fromLeft * channel(left[row], shift)
                  + fromRight * channel(right[row], shift)
                  + fromTop * channel(top[column], shift)
                  + fromBottom * channel(bottom[column], shift))
              / all;
      double off = channel(colour, shift) - expected;
      distance += off * off;
    }
    return distance > DIFFERENCE * DIFFERENCE;
  }

  private int familiar(int colour) {
    return Tone.distance(colour, middle) > STRANGE ? middle : colour;
  }

  private int middleOfBorder() {
    int count = 2 * (width + height);
    int[][] channels = new int[3][count];
    int next = 0;
    for (int column = 0; column < width; column++) {
      next = note(channels, next, argb[column]);
      next = note(channels, next, argb[(height - 1) * width + column]);
    }
    for (int row = 0; row < height; row++) {
      next = note(channels, next, argb[row * width]);
      next = note(channels, next, argb[row * width + width - 1]);
    }
    int colour = 0;
    for (int[] channel : channels) {
      Arrays.sort(channel);
      colour = colour << 8 | channel[count / 2];
    }
    return colour;
  }

  private static int note(int[][] channels, int place, int pixel) {
    for (int channel = 0; channel < 3; channel++) {
      channels[channel][place] = channel(pixel, 16 - 8 * channel);
    }
    return place + 1;
  }

  private static int channel(int colour, int shift) {
    return (colour >> shift) & 255;
  }
}
