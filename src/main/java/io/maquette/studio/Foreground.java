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
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Foreground of a picture on a grid of cells: its largest objects. Cells outside the grid count as
 * background. No two cells touch only by a corner, so that the outline is a set of simple loops.
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

  /** Factor below the size of the largest part at which parts are dropped. */
  private static final int SMALL_PART = 8;

  private static final int LEAST_CELLS = 12;

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
    keepLargest(inside, width, height);
    closeSmallHoles(inside, width, height);
    partCorners(inside, width, height);
    int cells = count(inside);
    if (cells < LEAST_CELLS) {
      throw new ProviderException(
          Problem.REFUSED, "nothing stands out from the picture's background");
    }
    int[] colour = Arrays.stream(argb).map(pixel -> pixel & 0xFFFFFF).toArray();
    return new Foreground(width, height, inside, colour);
  }

  /** Returns the cells whose neighbours are all set, too. */
  private static boolean[] inner(boolean[] cells, int width, int height) {
    boolean[] inner = new boolean[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int[] around = around(i, width, height);
      inner[i] = cells[i] && around.length == 8 && Arrays.stream(around).allMatch(n -> cells[n]);
    }
    return inner;
  }

  private static int[] around(int cell, int width, int height) {
    int[] around = new int[8];
    int count = 0;
    int column = cell % width;
    int row = cell / width;
    for (int r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(width - 1, column + 1); c++) {
        if (r != row || c != column) {
          around[count++] = r * width + c;
        }
      }
    }
    return Arrays.copyOf(around, count);
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
   * Returns the foreground on another grid, shifted to the right by these columns, and cut off at
   * the grid's edges.
   */
  Foreground on(int newWidth, int newHeight, int shift) {
    boolean[] moved = new boolean[newWidth * newHeight];
    int[] colours = new int[newWidth * newHeight];
    for (int row = 0; row < Math.min(height, newHeight); row++) {
      for (int column = 0; column < Math.min(width, newWidth - shift); column++) {
        moved[row * newWidth + column + shift] = inside[row * width + column];
        colours[row * newWidth + column + shift] = colour[row * width + column];
      }
    }
    return new Foreground(newWidth, newHeight, moved, colours);
  }

  /** Returns the foreground with more cells inside. */
  Foreground with(boolean[] more) {
    boolean[] both = inside.clone();
    for (int cell = 0; cell < both.length; cell++) {
      both[cell] |= more[cell];
    }
    partCorners(both, width, height);
    return new Foreground(width, height, both, colour);
  }

  /** Returns the number of cells inside. */
  int cells() {
    return count(inside);
  }

  /**
   * Returns the cells inside without some layers along the outline; all of them if none would
   * remain.
   */
  boolean[] without(int layers) {
    boolean[] left = inside.clone();
    for (int layer = 0; layer < layers; layer++) {
      left = inner(left, width, height);
    }
    return count(left) == 0 ? inside : left;
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

  private static void keepLargest(boolean[] cells, int width, int height) {
    int[] part = parts(cells, true, width, height);
    int[] sizes = sizes(part);
    int least = Math.max(1, Arrays.stream(sizes).max().orElse(0) / SMALL_PART);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = part[i] > 0 && sizes[part[i]] >= least;
    }
  }

  private static void closeSmallHoles(boolean[] cells, int width, int height) {
    int[] part = parts(cells, false, width, height);
    int[] sizes = sizes(part);
    boolean[] open = new boolean[sizes.length];
    for (int column = 0; column < width; column++) {
      open[part[column]] = true;
      open[part[(height - 1) * width + column]] = true;
    }
    for (int row = 0; row < height; row++) {
      open[part[row * width]] = true;
      open[part[row * width + width - 1]] = true;
    }
    int small = (int) Math.max(4, SMALL_HOLE * count(cells));
    for (int i = 0; i < cells.length; i++) {
      if (part[i] > 0 && !open[part[i]] && sizes[part[i]] <= small) {
        cells[i] = true;
      }
    }
  }

  /** Adds a third cell where two cells touch only by a corner. */
  private static void partCorners(boolean[] cells, int width, int height) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int row = 0; row + 1 < height; row++) {
        for (int column = 0; column + 1 < width; column++) {
          int i = row * width + column;
          boolean falling = cells[i] && cells[i + width + 1];
          boolean rising = cells[i + 1] && cells[i + width];
          if (falling != rising
              && (falling
                  ? !cells[i + 1] && !cells[i + width]
                  : !cells[i] && !cells[i + width + 1])) {
            cells[falling ? i + 1 : i] = true;
            changed = true;
          }
        }
      }
    }
  }

  /** Numbers the connected parts of the cells with this value from 1; the others get 0. */
  private static int[] parts(boolean[] cells, boolean so, int width, int height) {
    int[] part = new int[cells.length];
    int number = 0;
    ArrayDeque<Integer> reached = new ArrayDeque<>();
    for (int start = 0; start < cells.length; start++) {
      if (cells[start] != so || part[start] != 0) {
        continue;
      }
      part[start] = ++number;
      reached.add(start);
      while (!reached.isEmpty()) {
        int cell = reached.remove();
        int column = cell % width;
        int row = cell / width;
        int[] neighbours = {
          column > 0 ? cell - 1 : -1,
          column + 1 < width ? cell + 1 : -1,
          row > 0 ? cell - width : -1,
          row + 1 < height ? cell + width : -1
        };
        for (int neighbour : neighbours) {
          if (neighbour >= 0 && cells[neighbour] == so && part[neighbour] == 0) {
            part[neighbour] = number;
            reached.add(neighbour);
          }
        }
      }
    }
    return part;
  }

  private static int[] sizes(int[] part) {
    int[] sizes = new int[Arrays.stream(part).max().orElse(0) + 1];
    for (int p : part) {
      sizes[p]++;
    }
    sizes[0] = 0;
    return sizes;
  }

  private static int count(boolean[] cells) {
    int count = 0;
    for (boolean cell : cells) {
      count += cell ? 1 : 0;
    }
    return count;
  }
}
