package io.maquette.picture;

import io.maquette.picture.UnusablePictureException.Reason;
import io.maquette.storage.FileType;
import java.io.IOException;

/**
 * Relevant parts of a picture file, found without decoding it. A decoder gets only a file assembled
 * from these parts, so that no other part can cost time or memory.
 */
sealed interface PictureFile permits PngFile, JpegFile, WebpFile {

  /**
   * Parses a file.
   *
   * @throws UnusablePictureException if it is not a readable picture
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
    } catch (RuntimeException e) { // a length points beyond the end
      throw new UnusablePictureException(Reason.CUT_OFF, e);
    }
  }

  /** Returns the width in pixels, before the picture is turned upright. */
  int width();

  /** Returns the height in pixels, before the picture is turned upright. */
  int height();

  /** Returns the EXIF orientation, from 1 to 8. */
  int orientation();

  /** Returns the embedded ICC profile, or null. */
  byte[] profile();

  /** Returns the maximum number of pixels of such a file. */
  long mostPixels();

  /**
   * Returns the heap memory in bytes that decoding needs, without the file itself.
   *
   * @param step subsampling: one pixel of this many is kept, in both directions
   */
  long heapBytes(int step);

  /** Returns the memory outside the heap in bytes that decoding needs. */
  default long nativeBytes() {
    return 0;
  }

  /**
   * Decodes the file.
   *
   * @param step subsampling: one pixel of this many is kept; a file that can only be decoded as a
   *     whole keeps all
   */
  Samples samples(int step) throws IOException, UnusablePictureException;
}
