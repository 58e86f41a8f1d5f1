package io.maquette.picture;

import io.maquette.picture.UnusablePictureException.Reason;
import io.maquette.storage.FileType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

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

  /** Samples of a decoded picture, row by row, before conversion to colours. */
  interface Samples {

    int width();

    int height();

    /** Returns 1 for grey, 3 for RGB, 4 for CMYK. */
    int components();

    /**
     * Reads a row.
     *
     * @param colour receives the samples of each pixel, one after the other; of CMYK, 0 is no ink
     * @param alpha receives the opacity of each pixel
     */
    void read(int row, byte[] colour, byte[] alpha);
  }

  /** Names of file formats that users send as pictures but the application cannot read. */
  final class ForeignFormats {

    private static final int HEAD = 64;

    /** First bytes of files, in Latin-1, and the common name of the format. */
    private static final Map<String, String> BY_FIRST_BYTES =
        Map.ofEntries(
            Map.entry("GIF8", "GIF"),
            Map.entry("II*\0", "TIFF"),
            Map.entry("MM\0*", "TIFF"),
            Map.entry("II+\0", "TIFF"),
            Map.entry("MM\0+", "TIFF"),
            Map.entry("FUJIFILMCCD-RAW", "RAW"),
            Map.entry("IIU\0", "RAW"),
            Map.entry("8BPS", "PSD"),
            Map.entry("%PDF", "PDF"),
            Map.entry("\0\0\1\0", "ICO"),
            Map.entry("\u00ff\n", "JPEG XL"),
            Map.entry("\0\0\0\fJXL ", "JPEG XL"),
            Map.entry("\0\0\0\fjP  ", "JPEG 2000"),
            Map.entry("\u00ffO\u00ffQ", "JPEG 2000"),
            Map.entry("<svg", "SVG"),
            Map.entry("gimp xcf", "XCF"),
            Map.entry("PK\3\4", "ZIP"),
            Map.entry("qoif", "QOI"));

    private ForeignFormats() {}

    /** Returns the name of the format that a file's first bytes identify, if it is one of these. */
    static Optional<String> of(byte[] file) {
      String head = new String(file, 0, Math.min(HEAD, file.length), StandardCharsets.ISO_8859_1);
      if (head.startsWith("ftyp", 4)) {
        return Optional.of(ofBrand(head));
      }
      if (head.startsWith("BM") && head.length() >= 18 && head.startsWith("\0\0\0", 15)) {
        return Optional.of("BMP");
      }
      if (head.startsWith("<?xml") && holdsSvg(file)) {
        return Optional.of("SVG");
      }
      return BY_FIRST_BYTES.entrySet().stream()
          .filter(entry -> head.startsWith(entry.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    private static boolean holdsSvg(byte[] file) {
      return new String(file, 0, Math.min(2048, file.length), StandardCharsets.ISO_8859_1)
          .contains("<svg");
    }

    /**
     * Returns the format for a brand of ISO base media files (ISO/IEC 23008-12, AVIF 1.1); other
     * brands are videos.
     */
    private static String ofBrand(String head) {
      String brand = head.substring(8, Math.min(12, head.length()));
      if (brand.startsWith("avi")) {
        return "AVIF";
      }
      if (brand.startsWith("crx")) {
        return "RAW";
      }
      if (brand.startsWith("jxl")) {
        return "JPEG XL";
      }
      boolean isHeif =
          brand.startsWith("hei")
              || brand.startsWith("hev")
              || brand.startsWith("mif")
              || brand.startsWith("msf");
      if (!isHeif) {
        return "MP4/MOV";
      }
      return head.contains("avif") ? "AVIF" : "HEIC";
    }
  }
}
