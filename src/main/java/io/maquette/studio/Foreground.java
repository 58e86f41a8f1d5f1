package io.maquette.studio;

import io.maquette.picture.PictureDecoder;
import io.maquette.picture.PictureDecoder.Colours;
import io.maquette.picture.UnusablePictureException;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Foreground of a picture on a grid of cells: its objects that are large enough to print. Cells
 * outside the grid count as background. No two cells touch only by a corner, so that the outline is
 * a set of simple loops.
 *
 * @param width cells across
 * @param height cells down
 * @param inside whether a cell belongs to the foreground, row by row from the top
 * @param colour of each cell, 0xRRGGBB
 */
@SuppressWarnings("ArrayRecordComponent") // created once, read by the mesh
record Foreground(int width, int height, boolean[] inside, int[] colour) {

  /** Enough for the texture and for every grid. */
  private static final int DECODED_SIDE = 2 * TextureBuilder.SIDE;

  /** Size of a print's longest side in millimetres, by which small parts are judged. */
  private static final double PRINTED = 80;

  /** Area in square millimetres below which a part cannot be printed. */
  private static final double SMALLEST_PART = 1.5;

  private static final int MAX_PARTS = 60;

  private static final int MIN_CELLS = 12;

  /** Fraction of the foreground below which holes are closed. */
  private static final double SMALL_HOLE = 0.002;

  /**
   * Finds the foreground.
   *
   * @param longerSide cells along the picture's longer side
   * @throws ProviderException REFUSED if it shows nothing
   */
  static Foreground in(BufferedImage picture, int longerSide) throws ProviderException {
    BufferedImage image = scaled(picture, longerSide);
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    boolean[] inside = hasAlpha(argb) ? opaque(argb) : new Background(argb, width, height).unlike();
    keepPrintable(inside, width, height);
    int smallHole = (int) Math.max(4, SMALL_HOLE * Cells.count(inside));
    Cells.closeHoles(inside, width, height, smallHole);
    Cells.partCorners(inside, width, height);
    int cells = Cells.count(inside);
    if (cells < MIN_CELLS) {
      throw new ProviderException(
          Problem.REFUSED, "nothing stands out from the picture's background");
    }
    int[] colour = Arrays.stream(argb).map(pixel -> pixel & 0xFFFFFF).toArray();
    return new Foreground(width, height, inside, colour);
  }

  /** Returns whether a cell is inside; false beyond the grid. */
  boolean at(int column, int row) {
    return column >= 0
        && row >= 0
        && column < width
        && row < height
        && inside[row * width + column];
  }

  /** Returns the whole picture as foreground. */
  Foreground whole() {
    boolean[] all = new boolean[inside.length];
    Arrays.fill(all, true);
    return new Foreground(width, height, all, colour);
  }

  /**
   * Returns the foreground on another grid, shifted to the right and down by these cells, and cut
   * off at the grid's edges.
   */
  Foreground on(int newWidth, int newHeight, int right, int down) {
    boolean[] moved = new boolean[newWidth * newHeight];
    int[] colours = new int[newWidth * newHeight];
    for (int row = 0; row < Math.min(height, newHeight - down); row++) {
      for (int column = 0; column < Math.min(width, newWidth - right); column++) {
        int to = (row + down) * newWidth + column + right;
        moved[to] = inside[row * width + column];
        colours[to] = colour[row * width + column];
      }
    }
    return new Foreground(newWidth, newHeight, moved, colours);
  }

  /** Returns the foreground with other cells inside. */
  Foreground having(boolean[] cells) {
    Cells.partCorners(cells, width, height);
    return new Foreground(width, height, cells, colour);
  }

  /**
   * Returns the cells inside without some layers along the outline; all of them if none would
   * remain.
   */
  boolean[] without(int layers) {
    float[] depths = Cells.depths(inside, width, height);
    boolean[] left = new boolean[inside.length];
    for (int cell = 0; cell < left.length; cell++) {
      left[cell] = depths[cell] > layers;
    }
    return Cells.count(left) == 0 ? inside : left;
  }

  /** Returns the number of cells inside. */
  int cells() {
    return Cells.count(inside);
  }

  /**
   * Decodes a picture.
   *
   * @throws ProviderException REFUSED if it cannot be decoded
   */
  static BufferedImage decoded(Picture picture) throws ProviderException {
    try {
      return PictureDecoder.decode(picture.content(), DECODED_SIDE, Colours.SEEN);
    } catch (UnusablePictureException e) {
      throw new ProviderException(
          Problem.REFUSED, "the picture cannot be used: " + e.getMessage(), e);
    }
  }

  /** Halves the picture until it is near the requested size, so that every pixel contributes. */
  static BufferedImage scaled(BufferedImage image, int longerSide) {
    BufferedImage current = image;
    while (true) {
      int longer = Math.max(current.getWidth(), current.getHeight());
      double factor = longer > 2 * longerSide ? 0.5 : (double) longerSide / longer;
      int width = Math.max(1, (int) Math.round(current.getWidth() * factor));
      int height = Math.max(1, (int) Math.round(current.getHeight() * factor));
      BufferedImage next = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
      Graphics2D graphics = next.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(current, 0, 0, width, height, null);
      graphics.dispose();
      current = next;
      if (Math.max(width, height) <= longerSide) {
        return current;
      }
    }
  }

  private static boolean hasAlpha(int[] argb) {
    return Arrays.stream(argb).anyMatch(pixel -> pixel >>> 24 < 128);
  }

  private static boolean[] opaque(int[] argb) {
    boolean[] inside = new boolean[argb.length];
    for (int i = 0; i < argb.length; i++) {
      inside[i] = argb[i] >>> 24 >= 128;
    }
    return inside;
  }

  /**
   * Drops the parts that are too small to print, and all but the largest parts if there are many.
   */
  private static void keepPrintable(boolean[] cells, int width, int height) {
    int[] part = Cells.parts(cells, true, width, height);
    int[] sizes = Cells.sizes(part);
    int[] sorted = Arrays.stream(sizes).sorted().toArray();
    double cell = PRINTED / Math.max(1, longerSide(cells, width));
    int least =
        Math.max(
            (int) Math.ceil(SMALLEST_PART / (cell * cell)),
            sorted.length > MAX_PARTS ? sorted[sorted.length - MAX_PARTS] : 1);
    least = Math.min(least, sorted[sorted.length - 1]);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = part[i] > 0 && sizes[part[i]] >= least;
    }
  }

  private static int longerSide(boolean[] cells, int width) {
    Bounds bounds = Bounds.of(cells, width);
    return Math.max(bounds.right() - bounds.left(), bounds.bottom() - bounds.top()) + 1;
  }

  /** Returns the smallest rectangle with all cells inside. */
  Bounds bounds() {
    return Bounds.of(inside, width);
  }

  /** Rectangle of cells; right and bottom are inclusive. Empty if nothing is inside. */
  record Bounds(int left, int top, int right, int bottom) {

    private static Bounds of(boolean[] cells, int width) {
      int left = width;
      int top = cells.length / width;
      int right = 0;
      int bottom = 0;
      for (int cell = 0; cell < cells.length; cell++) {
        if (cells[cell]) {
          left = Math.min(left, cell % width);
          right = Math.max(right, cell % width);
          top = Math.min(top, cell / width);
          bottom = Math.max(bottom, cell / width);
        }
      }
      return new Bounds(left, top, right, bottom);
    }

    /** Returns the number of cells along the longer side. */
    int longer() {
      return Math.max(1, Math.max(right - left, bottom - top) + 1);
    }
  }
}
