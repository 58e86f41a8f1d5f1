package io.maquette.mesh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Decoder of data URIs (RFC 2397): base64 or percent-encoded. */
final class DataUri {

  private DataUri() {}

  /**
   * Reads a data URI.
   *
   * @return its content; empty for any other URI
   * @throws InvalidModelFileException if it is a data URI whose content cannot be read
   */
  static Optional<byte[]> read(String uri) throws InvalidModelFileException {
    if (!uri.regionMatches(true, 0, "data:", 0, 5)) {
      return Optional.empty();
    }
    int comma = uri.indexOf(',');
    if (comma < 0) {
      throw new InvalidModelFileException("data URI without data");
    }
    boolean isBase64 =
        uri.substring(5, comma).toLowerCase(Locale.ROOT).stripTrailing().endsWith(";base64");
    String text = uri.substring(comma + 1);
    byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
    if (text.indexOf('%') >= 0) {
      content = percentDecoded(content);
    }
    if (!isBase64) {
      return Optional.of(content);
    }
    for (int i = 0; i < content.length; i++) { // accepts the URL-safe alphabet, too
      content[i] = content[i] == '-' ? (byte) '+' : content[i] == '_' ? (byte) '/' : content[i];
    }
    try {
      return Optional.of(Base64.getMimeDecoder().decode(content));
    } catch (IllegalArgumentException e) {
      throw new InvalidModelFileException("data URI that is not base64", e);
    }
  }

  private static byte[] percentDecoded(byte[] text) throws InvalidModelFileException {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] != '%') {
        decoded.write(text[i]);
        continue;
      }
      int high = i + 2 < text.length ? Character.digit(text[i + 1], 16) : -1;
      int low = i + 2 < text.length ? Character.digit(text[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new InvalidModelFileException("data URI with a broken escape");
      }
      decoded.write(high << 4 | low);
      i += 2;
    }
    return decoded.toByteArray();
  }
}
