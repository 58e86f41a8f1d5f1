package io.maquette.files.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Name under which a file is saved: the beginning of the task's prompt, in the user's own words and
 * language, and a fallback in ASCII for clients, slicers and printers that read nothing else.
 *
 * @param full at most {@link #MAX_LENGTH} characters that every file system takes
 * @param ascii letters, digits and hyphens; never empty
 */
record DownloadName(String full, String ascii) {

  /** The longest name without its extension, in characters. */
  static final int MAX_LENGTH = 40;

  /** Control and format characters, and what Windows, FAT or a shell would misunderstand. */
  private static final Pattern UNSAFE = Pattern.compile("[\\p{C}\\\\/:*?\"<>|%;`$&'^~#!{}\\[\\]]+");

  /** Names of devices, which Windows takes for no file. */
  private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");

  private static final Pattern RESERVED_PORT = Pattern.compile("(?i)(com|lpt)[0-9]");

  /**
   * Returns the name for a prompt.
   *
   * @param otherwise what stands in for a prompt of which nothing is left, in ASCII
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

  /** Cuts between words where that leaves enough of the prompt. */
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

  /** Returns the name with something added, such as a number. */
  DownloadName with(String more) {
    return new DownloadName(full + more, ascii + more);
  }

  /** Returns the header of a file that is saved. */
  String attachment(String extension) {
    return disposition("attachment", extension);
  }

  /** Returns the header of a file that is shown, and saved under this name if the user does. */
  String inline(String extension) {
    return disposition("inline", extension);
  }

  /**
   * The fallback for every client, and the full name, as RFC 8187 has it, for those that read it.
   */
  private String disposition(String how, String extension) {
    String encoded =
        URLEncoder.encode(full + "." + extension, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    return how + "; filename=\"" + ascii + "." + extension + "\"; filename*=UTF-8''" + encoded;
  }
}
