package io.maquette.studio;

import io.maquette.provider.ProviderException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Builder of a model's texture from its picture. The left part of the texture is the front: the
 * picture on the model's grid. Each pixel outside the subject, or on its outline, has the colour of
 * the nearest pixel inside, so that the edges have no light rim and thin parts keep their colour.
 * The upper part of the rest is the back: the colours along the outline, smoothed, without the
 * picture's detail. Bases and plates have a darker tone of the picture's mean colour.
 */
final class TextureBuilder {

  /** Pixels along the longer side of the front. */
  static final int SIDE = 1024;

  /** Share of the texture's width that is the front, and of its height that is the back. */
  static final float FRONT = 2 / 3f;

  static final float BACK = 0.5f;

  private static final float QUALITY = 0.92f;

  /** Depth in pixels from which a pixel is not mixed with the background. */
  private static final float PURE = 2.3f;

  /** Width of the outline whose colours the back has, as a fraction of the longer side. */
  private static final float BAND = 0.035f;

  /** Radius of the blur of the back, as a fraction of the longer side; it is applied twice. */
  private static final float SOFTNESS = 0.03f;

  /** Minimum weight of a blurred colour; others are taken from the nearest such pixel. */
  private static final float MIN_WEIGHT = 0.02f;

  /** Lightness of a base relative to the picture's mean colour, and its share of grey. */
  private static final double DARKER = 0.66;

  private static final double GREYER = 0.4;
  private static final int GREY = 0x7C7A78;

  /** Lightness of a figure below which its plate is light, and the plate's share of ivory. */
  private static final double LIGHT = 0.55;

  private static final double PALER = 0.82;
  private static final int IVORY = 0xEFEBE2;

  private final Workpiece piece;
  private final Sculpting.Form form;

  /** Pixels per cell. */
  private final double fine;

  private final int width;
  private final int height;
  private int[] front;

  /** Distance of each pixel from the subject's outline, in pixels; 0 outside. */
  private float[] depths;

  private TextureBuilder(Workpiece piece, Sculpting.Form form) {
    this.piece = piece;
    this.form = form;
    fine = (double) SIDE / Math.max(piece.shape().width(), piece.shape().height());
    width = even(piece.shape().width() * fine);
    height = even(piece.shape().height() * fine);
  }

  private static int even(double pixels) {
    return 2 * (int) Math.max(1, Math.round(pixels / 2));
  }

  /**
   * Builds the texture, a JPEG.
   *
   * @param subject foreground of the picture
   * @param piece the workpiece that was made from it
   */
  static byte[] of(BufferedImage picture, Foreground subject, Workpiece piece, Sculpting.Form form)
      throws ProviderException {
    return new TextureBuilder(piece, form).built(picture, subject);
  }

  private byte[] built(BufferedImage picture, Foreground subject) throws ProviderException {
    if (form.isPicture()) {
      front = pixels(resized(picture, width, height));
      boolean[] all = new boolean[front.length];
      Arrays.fill(all, true);
      depths = Cells.depths(all, width, height);
    } else {
      int longer =
          Math.max(1, (int) Math.round(fine * Math.max(subject.width(), subject.height())));
      Foreground pixels = Foreground.in(picture, longer);
      place(
          pixels,
          (int) Math.round(piece.origin().right() * fine),
          (int) Math.round(piece.origin().down() * fine));
    }
    int[] back = back();
    if (!form.isPicture()) {
      paintPlate(back);
    }
    return joined(back);
  }

  /** Takes over the pure colours of the subject, and fills the rest from the nearest of them. */
  private void place(Foreground subject, int right, int down) {
    Foreground placed = subject.on(width, height, right, down);
    depths = Cells.depths(placed.inside(), width, height);
    boolean[] pure = new boolean[depths.length];
    boolean isAny = false;
    for (int pixel = 0; pixel < pure.length; pixel++) {
      pure[pixel] =
          depths[pixel] > PURE || (depths[pixel] > 0 && Cells.isRidge(depths, width, pixel));
      isAny |= pure[pixel];
    }
    int[] near = Cells.nearest(isAny ? pure : placed.inside(), width, height);
    front = new int[depths.length];
    for (int pixel = 0; pixel < front.length; pixel++) {
      front[pixel] = near[pixel] < 0 ? GREY : placed.colour()[near[pixel]];
    }
  }

  /** Returns the colours of the back on the front's grid. */
  private int[] back() {
    int longer = Math.max(width, height);
    float[][] sums = new float[4][depths.length];
    for (int pixel = 0; pixel < depths.length; pixel++) {
      if (depths[pixel] > 0 && depths[pixel] < BAND * longer) {
        add(sums, pixel, front[pixel]);
      }
    }
    int radius = Math.max(1, Math.round(SOFTNESS * longer));
    blur(sums, radius);
    boolean[] known = new boolean[depths.length];
    boolean isAny = false;
    for (int pixel = 0; pixel < known.length; pixel++) {
      known[pixel] = sums[3][pixel] > MIN_WEIGHT;
      isAny |= known[pixel];
    }
    if (!isAny) {
      return front.clone();
    }
    int[] near = Cells.nearest(known, width, height);
    float[][] filled = new float[4][depths.length];
    for (int pixel = 0; pixel < depths.length; pixel++) {
      add(filled, pixel, colour(sums, near[pixel]));
    }
    blur(filled, radius);
    int[] back = new int[depths.length];
    for (int pixel = 0; pixel < back.length; pixel++) {
      back[pixel] = colour(filled, pixel);
    }
    return back;
  }

  private static void add(float[][] sums, int pixel, int rgb) {
    sums[0][pixel] = (rgb >> 16) & 255;
    sums[1][pixel] = (rgb >> 8) & 255;
    sums[2][pixel] = rgb & 255;
    sums[3][pixel] = 1;
  }

  private void blur(float[][] sums, int radius) {
    for (int channel = 0; channel < sums.length; channel++) {
      for (int round = 0; round < 2; round++) {
        sums[channel] = Blur.of(sums[channel], width, height, radius);
      }
    }
  }

  private static int colour(float[][] sums, int pixel) {
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      int value = Math.round(sums[channel][pixel] / sums[3][pixel]);
      rgb = rgb << 8 | Math.max(0, Math.min(255, value));
    }
    return rgb;
  }

  /** Paints the base or the plate on both sides. */
  private void paintPlate(int[] back) {
    int plate = plateColour();
    for (int pixel = 0; pixel < front.length; pixel++) {
      double column = (pixel % width + 0.5) / fine;
      int row = pixel / width;
      double down = (row + 0.5) / fine;
      if (piece.hasPlate()) {
        back[pixel] = plate;
        if (figureAt(column, down) < 0.5 || isBase(column, down)) {
          front[pixel] = plate;
        }
      } else if (isBase(column, down)) {
        front[pixel] = plate;
        back[pixel] = plate;
      }
    }
  }

  /** Returns whether a place belongs to the base; its upper side is one row of cells higher. */
  private boolean isBase(double column, double row) {
    Baseplate stand = piece.stand();
    return stand != null
        && row > stand.firstRow() - 0.9
        && Math.abs(column - stand.middle()) < stand.radius() + 1;
  }

  /** Returns the share of the figure at a place, 0 to 1, between the middles of cells. */
  private double figureAt(double column, double row) {
    int left = (int) Math.floor(column - 0.5);
    int top = (int) Math.floor(row - 0.5);
    double across = column - 0.5 - left;
    double down = row - 0.5 - top;
    return (piece.figure().at(left, top) ? (1 - across) * (1 - down) : 0)
        + (piece.figure().at(left + 1, top) ? across * (1 - down) : 0)
        + (piece.figure().at(left, top + 1) ? (1 - across) * down : 0)
        + (piece.figure().at(left + 1, top + 1) ? across * down : 0);
  }

  private int plateColour() {
    long[] sums = new long[3];
    int count = 0;
    for (int pixel = 0; pixel < front.length; pixel++) {
      if (depths[pixel] > PURE) {
        sums[0] += (front[pixel] >> 16) & 255;
        sums[1] += (front[pixel] >> 8) & 255;
        sums[2] += front[pixel] & 255;
        count++;
      }
    }
    if (count == 0) {
      return GREY;
    }
    int mean = 0;
    for (long sum : sums) {
      mean = mean << 8 | (int) (sum / count);
    }
    boolean isDarkOnPlate = piece.hasPlate() && Tone.lightness(mean) < LIGHT;
    return isDarkOnPlate
        ? Tone.mix(mean, IVORY, PALER)
        : Tone.shade(Tone.mix(mean, GREY, GREYER), DARKER);
  }

  private byte[] joined(int[] back) throws ProviderException {
    BufferedImage skin = new BufferedImage(width * 3 / 2, height, BufferedImage.TYPE_INT_RGB);
    skin.setRGB(0, 0, width, height, front, 0, width);
    BufferedImage whole = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    whole.setRGB(0, 0, width, height, back, 0, width);
    BufferedImage half = resized(whole, width / 2, height / 2);
    skin.setRGB(width, 0, width / 2, height / 2, pixels(half), 0, width / 2);
    return PictureEncoder.of(skin, "jpeg", QUALITY);
  }

  private static BufferedImage resized(BufferedImage image, int width, int height) {
    BufferedImage scaled = Foreground.scaled(image, Math.max(width, height));
    if (scaled.getWidth() == width && scaled.getHeight() == height) {
      return scaled;
    }
    BufferedImage exact = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = exact.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(scaled, 0, 0, width, height, null);
    graphics.dispose();
    return exact;
  }

  private static int[] pixels(BufferedImage image) {
    int width = image.getWidth();
    return image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
  }
}
