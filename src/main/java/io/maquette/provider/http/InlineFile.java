package io.maquette.provider.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * File within an answer: a data URI (RFC 2397) or base64, in all forms that servers send. The
 * alphabet may be the URL-safe one, lines may be broken, and the padding may be missing.
 */
final class InlineFile {

  private static final String DATA = "data:";

  /** Length in characters from which base64 cannot be a relative address. */
  private static final int LONGEST_PATH = 1_000;

  private InlineFile() {}

  /** Returns whether a value is the file itself and not an address. */
  static boolean isInline(String value) {
    String text = value.stripLeading();
    if (isDataUri(text)) {
      return true;
    }
    return text.length() > LONGEST_PATH
        && text.indexOf(':') < 0
        && text.substring(0, LONGEST_PATH).matches("[A-Za-z0-9+/_\\s-]+");
  }

  private static boolean isDataUri(String text) {
    return text.regionMatches(true, 0, DATA, 0, DATA.length());
  }

  /**
   * Decodes a file.
   *
   * @throws IllegalArgumentException if it is neither base64 nor a data URI
   */
  static byte[] decode(String value) {
    String text = value.strip();
    if (!isDataUri(text)) {
      return base64(text);
    }
    int comma = text.indexOf(',');
    if (comma < 0) {
      throw new IllegalArgumentException("a data URI without a comma");
    }
    String head = text.substring(0, comma).stripTrailing();
    byte[] content = percentDecoded(text.substring(comma + 1));
    return head.toLowerCase(Locale.ROOT).endsWith(";base64")
        ? base64(new String(content, StandardCharsets.ISO_8859_1))
        : content;
  }

  private static byte[] base64(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '-') {
        clean.append('+');
      } else if (next == '_') {
        clean.append('/');
      } else if (!Character.isWhitespace(next) && next != '=') {
        clean.append(next);
      }
    }
    return Base64.getDecoder().decode(clean.toString());
  }

  private static byte[] percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '%' && i + 2 < text.length()) {
        content.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        content.write(next);
      }
    }
    return content.toByteArray();
  }
}
