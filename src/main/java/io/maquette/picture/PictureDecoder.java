package io.maquette.picture;

import io.maquette.picture.UnusablePictureException.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;

/**
 * The one decoder of pictures from outside: whatever the file, the picture comes out upright, as
 * sRGB colours, and not larger than it is wanted. Memory is bounded for all that are decoded at the
 * same time.
 */
public final class PictureDecoder {

  /** The longer side of a picture that is taken at all. */
  public static final int MAX_SIDE = 32_768;

  private static final DecodingMemory MEMORY = new DecodingMemory(Runtime.getRuntime().maxMemory());

  /** What the numbers in a file mean. */
  public enum Colours {
    /** Colours as people see them: embedded profiles are applied, EXIF orientation too. */
    SEEN,
    /**
     * Numbers as they are in the file. glTF 2.0 demands this of textures: embedded profiles are
     * ignored; it knows no EXIF orientation.
     */
    AS_STORED
  }

  private PictureDecoder() {}

  /**
   * Decodes a picture.
   *
   * @param longerSide the most pixels along its longer side; a larger one is made smaller, each
   *     pixel from the mean of those it stands for
   * @return of type INT_RGB, or INT_ARGB where something of it is transparent
   * @throws UnusablePictureException if it cannot be decoded, saying why
   */
  public static BufferedImage decode(byte[] file, int longerSide, Colours colours)
      throws UnusablePictureException {
    return decode(file, longerSide, 1, colours);
  }

  /**
   * Decodes a picture that must have a size.
   *
   * @param leastSide the least pixels along its shorter side, in the file
   */
  @SuppressWarnings("try") // the share is held, not used
  static BufferedImage decode(byte[] file, int longerSide, int leastSide, Colours colours)
      throws UnusablePictureException {
    PictureFile picture = PictureFile.of(file);
    check(picture, leastSide);
    int longer = Math.max(picture.width(), picture.height());
    int step = Math.max(1, (longer + 2 * longerSide - 1) / (2 * longerSide));
    double scale = Math.min(1, (double) longerSide / longer);
    int width = Math.max(1, (int) Math.round(scale * picture.width()));
    int height = Math.max(1, (int) Math.round(scale * picture.height()));
    long bytes = picture.heapBytes(step) + 8L * width * height;
    if (!MEMORY.isEnoughFor(bytes, picture.nativeBytes())) {
      throw new UnusablePictureException(
          Reason.TOO_LARGE, "decoding needs " + ((bytes + picture.nativeBytes()) >> 20) + " MiB");
    }
    DecodingMemory.Share share = MEMORY.acquire(bytes, picture.nativeBytes());
    try {
      Samples samples = picture.samples(step);
      ColourProfile profile =
          colours == Colours.SEEN
              ? ColourProfile.of(picture.profile(), samples.components())
              : ColourProfile.none(samples.components());
      int[] pixels = AreaScaler.scaled(samples, profile, width, height);
      int orientation = colours == Colours.SEEN ? picture.orientation() : ExifOrientation.UPRIGHT;
      boolean isTurned = ExifOrientation.isTurned(orientation);
      return image(
          ExifOrientation.upright(pixels, width, height, orientation),
          isTurned ? height : width,
          isTurned ? width : height);
    } catch (IOException | RuntimeException e) { // readers throw either at broken files
      throw new UnusablePictureException(Reason.BROKEN, e);
    } catch (OutOfMemoryError e) { // of one large array, while others fill the heap
      throw new UnusablePictureException(Reason.TOO_LARGE, e);
    } finally {
      share.release();
    }
  }

  private static void check(PictureFile picture, int leastSide) throws UnusablePictureException {
    int longer = Math.max(picture.width(), picture.height());
    long pixels = (long) picture.width() * picture.height();
    if (longer > MAX_SIDE || pixels > picture.mostPixels()) {
      throw new UnusablePictureException(
          Reason.TOO_LARGE, picture.width() + " x " + picture.height());
    }
    if (Math.min(picture.width(), picture.height()) < leastSide) {
      throw new UnusablePictureException(
          Reason.TOO_SMALL, picture.width() + " x " + picture.height());
    }
  }

  private static BufferedImage image(int[] pixels, int width, int height) {
    boolean isOpaque = true;
    for (int i = 0; i < pixels.length && isOpaque; i++) {
      isOpaque = pixels[i] >>> 24 == 255;
    }
    BufferedImage image =
        new BufferedImage(
            width, height, isOpaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    int[] data = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(pixels, 0, data, 0, pixels.length);
    return image;
  }
}
