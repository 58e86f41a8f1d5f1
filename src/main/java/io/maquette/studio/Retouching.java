package io.maquette.studio;

import io.maquette.provider.ProviderException;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Editor that changes a picture's foreground or background and keeps the rest. */
final class Retouching {

  private static final int SIDE = Painting.SIDE;

  /** Mask that reduces colours to sixteen values per channel before they are counted. */
  private static final int COARSE = 0xF0F0F0;

  private static final int MIDDLE = 0x080808;

  /** Number of cells along an outline that contain some of the old background. */
  private static final int OUTLINE = 1;

  private final int width;
  private final int height;
  private final int[] argb;
  private final Foreground shape;

  private Retouching(BufferedImage picture) throws ProviderException {
    BufferedImage image = Foreground.scaled(picture, SIDE);
    width = image.getWidth();
    height = image.getHeight();
    argb = image.getRGB(0, 0, width, height, null, 0, width);
    shape = Foreground.in(image, SIDE);
  }

  /**
   * Creates a new version, with {@link Painting#SIDE} pixels along the longer side.
   *
   * @throws ProviderException REFUSED if the picture shows nothing
   */
  static BufferedImage of(BufferedImage picture, Alteration wish, long seed)
      throws ProviderException {
    Retouching retouching = new Retouching(picture);
    retouching.colour(wish);
    int[] cover = retouching.cover();
    if (wish.style() != null) {
      return retouching.restyled(cover, wish, seed);
    }
    return wish.cutOut() || wish.background() != null
        ? image(retouching.width, retouching.argb, cover, wish)
        : image(retouching.width, retouching.argb);
  }

  private void colour(Alteration wish) {
    IntUnaryOperator tint = Tint.of(areas(), wish.colours());
    for (int pixel = 0; pixel < argb.length; pixel++) {
      if (shape.inside()[pixel]) {
        int rgb = tint.applyAsInt(argb[pixel] & 0xFFFFFF);
        int made = wish.material() == null ? rgb : wish.material().tone(rgb);
        argb[pixel] = (argb[pixel] & 0xFF000000) | made;
      }
    }
  }

  private Map<Integer, Integer> areas() {
    Map<Integer, Integer> areas = new HashMap<>();
    for (int pixel = 0; pixel < argb.length; pixel++) {
      if (shape.inside()[pixel]) {
        areas.merge((argb[pixel] & COARSE) | MIDDLE, 1, Integer::sum);
      }
    }
    return areas;
  }

  /** Returns the foreground's opacity at each pixel, 0 to 255. */
  private int[] cover() {
    boolean[] inner = shape.without(OUTLINE);
    float[] soft = new float[argb.length];
    for (int pixel = 0; pixel < soft.length; pixel++) {
      soft[pixel] = inner[pixel] ? 1 : 0;
    }
    soft = Blur.of(soft, width, height, 1);
    int[] cover = new int[soft.length];
    for (int pixel = 0; pixel < soft.length; pixel++) {
      cover[pixel] = Math.round(255 * Math.max(0, Math.min(1, soft[pixel])));
    }
    return cover;
  }

  /** Renders the foreground in another style, in the middle of a square. */
  private BufferedImage restyled(int[] cover, Alteration wish, long seed) {
    int[] square = new int[SIDE * SIDE];
    int[] covered = new int[square.length];
    int left = (SIDE - width) / 2;
    int top = (SIDE - height) / 2;
    for (int pixel = 0; pixel < argb.length; pixel++) {
      int there = (top + pixel / width) * SIDE + left + pixel % width;
      covered[there] = cover[pixel];
      square[there] = (cover[pixel] << 24) | (argb[pixel] & 0xFFFFFF);
    }
    BufferedImage painted = Painting.of(new Raster(SIDE, square), wish.style(), seed);
    return wish.cutOut() || wish.background() != null
        ? image(SIDE, painted.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE), covered, wish)
        : painted;
  }

  private static BufferedImage image(int width, int[] argb, int[] cover, Alteration wish) {
    int[] composed = new int[argb.length];
    for (int pixel = 0; pixel < argb.length; pixel++) {
      composed[pixel] =
          wish.cutOut()
              ? (cover[pixel] << 24) | (argb[pixel] & 0xFFFFFF)
              : 0xFF000000
                  | Tone.mix(wish.background(), argb[pixel] & 0xFFFFFF, cover[pixel] / 255.0);
    }
    return image(width, composed);
  }

  private static BufferedImage image(int width, int[] argb) {
    int height = argb.length / width;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, height, argb, 0, width);
    return image;
  }
}
