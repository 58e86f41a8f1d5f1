package io.maquette.picture;

import io.maquette.picture.UnusablePictureException.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The only decoder of pictures from outside. Every picture comes out upright, in sRGB, and not
 * larger than requested. A limit applies to the memory of all pictures decoded at the same time.
 */
public final class PictureDecoder {

  /** Maximum length of the longer side of an accepted picture, in pixels. */
  static final int MAX_SIDE = 32_768;

  private static final DecodingMemory MEMORY = new DecodingMemory(Runtime.getRuntime().maxMemory());

  /** Interpretation of the samples in a file. */
  public enum Colours {
    /** Colours as users see them: with the embedded profile and the EXIF orientation applied. */
    SEEN,
    /**
     * PictureFile.Samples as stored. glTF 2.0 requires this of textures: it ignores embedded
     * profiles and has no EXIF orientation.
     */
    AS_STORED
  }

  private PictureDecoder() {}

  /**
   * Decodes a picture.
   *
   * @param longerSide maximum length of the longer side in pixels; a larger picture is scaled down
   *     by area averaging
   * @return a picture of type INT_RGB, or INT_ARGB if some pixels are transparent
   * @throws UnusablePictureException with the reason if it cannot be decoded
   */
  public static BufferedImage decode(byte[] file, int longerSide, Colours colours)
      throws UnusablePictureException {
    return decode(file, longerSide, 1, colours);
  }

  /**
   * Decodes a picture with a minimum size.
   *
   * @param leastSide minimum length of the shorter side in pixels, in the file
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
      PictureFile.Samples samples = picture.samples(step);
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
    } catch (IOException | RuntimeException e) { // readers throw either for damaged files
      throw new UnusablePictureException(Reason.BROKEN, e);
    } catch (OutOfMemoryError e) { // a large array can fail while other threads fill the heap
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

  /**
   * Memory limit for all pictures that are decoded at the same time; further ones wait. It is half
   * of Java's heap, at most 512 MiB. Outside the heap it is 400 MiB, where Java's JPEG decoder
   * keeps the data of a progressive file.
   */
  static final class DecodingMemory {

    static final int MAX_NATIVE_MIB = 400;
    private static final int MAX_HEAP_MIB = 512;

    private final int heapMib;
    private final Semaphore heap;
    private final Semaphore nativeMemory = new Semaphore(MAX_NATIVE_MIB, true);

    DecodingMemory(long heapBytes) {
      heapMib = (int) Math.max(1, Math.min(MAX_HEAP_MIB, (heapBytes / 2) >> 20));
      heap = new Semaphore(heapMib, true);
    }

    /** Acquired memory, which the caller must release. */
    interface Share {
      void release();
    }

    /** Returns whether the limit allows this amount at all. */
    boolean isEnoughFor(long heapBytes, long nativeBytes) {
      return mib(heapBytes) <= heapMib && mib(nativeBytes) <= MAX_NATIVE_MIB;
    }

    /** Waits until this amount is free, in the order of the calls. */
    Share acquire(long heapBytes, long nativeBytes) {
      int onHeap = (int) mib(heapBytes);
      int offHeap = (int) mib(nativeBytes);
      heap.acquireUninterruptibly(onHeap);
      nativeMemory.acquireUninterruptibly(offHeap); // always in this order, to prevent deadlocks
      return () -> {
        nativeMemory.release(offHeap);
        heap.release(onHeap);
      };
    }

    private static long mib(long bytes) {
      return 1 + (bytes >> 20);
    }
  }
}
