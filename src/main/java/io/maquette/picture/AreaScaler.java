package io.maquette.picture;

/**
 * Scaler that makes a picture smaller. Each pixel is the mean of the area that it covers;
 * transparent parts do not count.
 */
final class AreaScaler {

  private final int fromWidth;
  private final int width;
  private final int height;

  /** Sums of a row of results: alpha, and red, green and blue times alpha. */
  private float[] sums;

  private float[] next;

  private final int[] result;

  private AreaScaler(int fromWidth, int width, int height) {
    this.fromWidth = fromWidth;
    this.width = width;
    this.height = height;
    sums = new float[4 * width];
    next = new float[4 * width];
    result = new int[width * height];
  }

  /**
   * Scales a picture.
   *
   * @param width width in pixels afterwards, not more than before
   * @param height height in pixels afterwards, not more than before
   * @return 0xAARRGGBB of each pixel, not premultiplied
   */
  static int[] scaled(PictureFile.Samples samples, ColourProfile profile, int width, int height) {
    AreaScaler scaler = new AreaScaler(samples.width(), width, height);
    byte[] colour = new byte[samples.components() * samples.width()];
    byte[] alpha = new byte[samples.width()];
    int[] row = new int[samples.width()];
    boolean isAsLarge = samples.width() == width && samples.height() == height;
    for (int y = 0; y < samples.height(); y++) {
      samples.read(y, colour, alpha);
      profile.convert(colour, row, row.length);
      for (int x = 0; x < row.length; x++) {
        row[x] |= alpha[x] << 24;
      }
      if (isAsLarge) {
        System.arraycopy(row, 0, scaler.result, y * width, width);
      } else {
        scaler.add(row, y, samples.height());
      }
    }
    return scaler.result;
  }

  private void add(int[] row, int y, int fromHeight) {
    double top = (double) y * height / fromHeight;
    double bottom = (double) (y + 1) * height / fromHeight;
    int target = (int) top;
    double border = Math.min(bottom, target + 1.0);
    addRow(row, sums, (float) (border - top));
    boolean isLast = y == fromHeight - 1;
    if (bottom >= target + 1.0 || isLast) {
      if (bottom > border && !isLast) {
        addRow(row, next, (float) (bottom - border));
      }
      finish(target);
    }
  }

  private void addRow(int[] row, float[] into, float share) {
    for (int x = 0; x < fromWidth; x++) {
      double left = (double) x * width / fromWidth;
      double right = (double) (x + 1) * width / fromWidth;
      int target = Math.min((int) left, width - 1);
      double border = Math.min(right, target + 1.0);
      add(row[x], into, target, share * (float) (border - left));
      if (right > border && target + 1 < width) {
        add(row[x], into, target + 1, share * (float) (right - border));
      }
    }
  }

  private static void add(int pixel, float[] into, int target, float share) {
    float opaque = share * (pixel >>> 24);
    int at = 4 * target;
    into[at] += opaque;
    into[at + 1] += opaque * (pixel >> 16 & 255);
    into[at + 2] += opaque * (pixel >> 8 & 255);
    into[at + 3] += opaque * (pixel & 255);
  }

  private void finish(int y) {
    for (int x = 0; x < width; x++) {
      float alpha = sums[4 * x];
      result[y * width + x] =
          alpha <= 0
              ? 0
              : Math.min(255, Math.round(alpha)) << 24
                  | value(sums[4 * x + 1] / alpha) << 16
                  | value(sums[4 * x + 2] / alpha) << 8
                  | value(sums[4 * x + 3] / alpha);
      sums[4 * x] = 0;
      sums[4 * x + 1] = 0;
      sums[4 * x + 2] = 0;
      sums[4 * x + 3] = 0;
    }
    float[] done = sums;
    sums = next;
    next = done;
  }

  private static int value(float sum) {
    return Math.max(0, Math.min(255, Math.round(sum)));
  }
}
