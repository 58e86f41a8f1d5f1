package io.maquette.picture;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

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
