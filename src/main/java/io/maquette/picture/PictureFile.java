package io.maquette.picture;

import io.maquette.picture.UnusablePictureException.Reason;
import io.maquette.storage.FileType;
import java.io.IOException;

/**
 * The parts of a picture's file that matter, found without decoding it. What is handed to a decoder
 * is put together from these parts alone, so that nothing else in a file can cost time or memory.
 */
sealed interface PictureFile permits PngFile, JpegFile, WebpFile {

  /**
   * Takes a file apart.
   *
   * @throws UnusablePictureException if it is no picture that can be read
   */
  static PictureFile of(byte[] file) throws UnusablePictureException {
    FileType type = FileType.ofHead(file).filter(FileType.pictures()::contains).orElse(null);
    if (type == null) {
      throw ForeignFormats.of(file)
          .map(UnusablePictureException::ofFormat)
          .orElseGet(() -> new UnusablePictureException(Reason.TYPE, "unknown first bytes"));
    }
    try {
      return switch (type) {
        case PNG -> PngFile.of(file);
        case JPEG -> JpegFile.of(file);
        default -> WebpFile.of(file);
      };
    } catch (RuntimeException e) { // a length that leads beyond the end
      throw new UnusablePictureException(Reason.CUT_OFF, e);
    }
  }

  /** Pixels across, before it is turned upright. */
  int width();

  /** Pixels down, before it is turned upright. */
  int height();

  /** EXIF's number from 1 to 8. */
  int orientation();

  /** The embedded ICC profile, or null. */
  byte[] profile();

  /** The most pixels such a file may have. */
  long mostPixels();

  /**
   * Bytes of Java's heap that decoding needs, without the file itself.
   *
   * @param step every how many pixels one is kept, in both directions
   */
  long heapBytes(int step);

  /** Bytes outside of Java's heap that decoding needs. */
  default long nativeBytes() {
    return 0;
  }

  /**
   * Decodes it.
   *
   * @param step every how many pixels one is kept; a file that is decoded as a whole in any case
   *     keeps them all
   */
  Samples samples(int step) throws IOException, UnusablePictureException;
}
