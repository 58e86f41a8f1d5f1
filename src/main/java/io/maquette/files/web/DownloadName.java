package io.maquette.files.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Name of a downloaded file. The full name is the beginning of the task's prompt, in the user's
 * language. The ASCII name is the fallback for clients, slicers and printers that cannot read the
 * full one.
 *
 * @param full at most {@link #MAX_LENGTH} characters that every file system accepts
 * @param ascii letters, digits and hyphens; never empty
 */
record DownloadName(String full, String ascii) {

  /** Maximum length of a name without its extension, in characters (code points). */
  static final int MAX_LENGTH = 40;

  /** Control and format characters, and characters that are special for Windows, FAT or a shell. */
  private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\\\\/:*?\"<>|%;`$&'^~#!{}\\[\\]]+");

  /** Device names, which Windows does not accept as file names. */
  private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");

  private static final Pattern RESERVED_PORT = Pattern.compile("(?i)(com|lpt)[0-9]");

  /**
   * Returns the name for a prompt.
   *
   * @param otherwise ASCII name for a prompt without usable characters
   */
  static DownloadName of(String prompt, String otherwise) {
    String full = shortened(UNSAFE.matcher(withoutLoneSurrogates(prompt)).replaceAll(" ").strip());
    String ascii =
        Normalizer.normalize(full, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^A-Za-z0-9]+", "-")
            .replaceAll("^-+|-+$", "")
            .toLowerCase(Locale.ROOT);
    return new DownloadName(
        full.isEmpty() || isReserved(full) ? otherwise : full,
        ascii.isEmpty() || isReserved(ascii) ? otherwise : ascii);
  }

  private static String withoutLoneSurrogates(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
  }

  /**
   * Shortens a text to {@link #MAX_LENGTH} characters, between words if at least half of the text
   * remains.
   */
  private static String shortened(String text) {
    String plain = text.replaceAll("\\s+", " ");
    if (plain.codePointCount(0, plain.length()) > MAX_LENGTH) {
      int end = plain.offsetByCodePoints(0, MAX_LENGTH);
      int space = plain.lastIndexOf(' ', end);
      plain = plain.substring(0, space > end / 2 ? space : end);
    }
    return plain.replaceAll("^[. \\-]+|[. ,，。、]+$", "");
  }

  private static boolean isReserved(String name) {
    return RESERVED.contains(name.toLowerCase(Locale.ROOT))
        || RESERVED_PORT.matcher(name).matches();
  }

  /** Returns the name with a suffix, such as a number. */
  DownloadName with(String more) {
    return new DownloadName(full + more, ascii + more);
  }

  /** Returns the Content-Disposition header of a file that the browser saves. */
  String attachment(String extension) {
    return disposition("attachment", extension);
  }

  /**
   * Returns the Content-Disposition header of a file that the browser shows; if the user saves it,
   * it gets this name.
   */
  String inline(String extension) {
    return disposition("inline", extension);
  }

  /**
   * Returns the header with the ASCII name for every client and the full name (RFC 8187) for
   * clients that support it.
   */
  private String disposition(String how, String extension) {
    String encoded =
        URLEncoder.encode(full + "." + extension, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    return how + "; filename=\"" + ascii + "." + extension + "\"; filename*=UTF-8''" + encoded;
  }
}
