package io.maquette.provider.http;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sanitised message of a provider for the application's logs: one short line without secrets. The
 * key is masked, and so is text that resembles a secret. Such text is credentials after {@code
 * Bearer}, {@code api_key=} and similar names, keys of known forms, and signatures in addresses.
 */
public final class ProviderWords {

  /** Maximum number of characters of a line. */
  static final int MAX = 300;

  private static final String MASK = "***";

  /**
   * Length below which a key is masked only as a separate word. Private servers have keys like
   * {@code none} or {@code EMPTY}; masked within words, they would make messages unreadable.
   */
  private static final int SHORT = 8;

  /**
   * Name before a secret, and the secret: the text up to a space, quote or separator, if it has a
   * digit or is long. Texts like {@code token: expired} stay unchanged.
   */
  private static final Pattern AFTER_A_NAME =
      Pattern.compile(
          "((?:\\bbearer\\s+)"
              + "|(?:\\b(?:x-)?(?:api|access|secret)[_-]?(?:key|token|id)(?:[_-]?id)?"
              + "|\\bauthorization|\\btoken|\\bpassword|\\bpasswd|\\bsecret"
              + "|\\b(?:x-[a-z]+-)?(?:signature|credential|security-token)|\\bsig|\\bkey)"
              + "[\"']?\\s*[=:]\\s*[\"']?(?:(?:bearer|basic)\\s+)?)"
              + "((?=[^\\s\"',;&]{0,200}[0-9]|[^\\s\"',;&]{16})[^\\s\"',;&<>(){}\\[\\]]{4,})",
          Pattern.CASE_INSENSITIVE);

  /** Keys of OpenAI and similar servers, of Meshy and Tencent, and JSON web tokens. */
  private static final Pattern OF_KNOWN_FORM =
      Pattern.compile(
          "\\b(?:sk|pk|rk|msy)[-_][A-Za-z0-9_-]{8,}|\\bAKID[A-Za-z0-9]{10,}"
              + "|\\beyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*){0,2}");

  private final Pattern key;

  /**
   * Creates the sanitiser for one provider.
   *
   * @param key secret to mask if the provider repeats it; empty if there is none
   */
  public ProviderWords(String key) {
    if (key.isBlank()) {
      this.key = null;
    } else {
      String quoted = Pattern.quote(key.strip());
      this.key =
          Pattern.compile(
              key.strip().length() < SHORT
                  ? "(?<![\\p{L}\\p{N}_-])" + quoted + "(?![\\p{L}\\p{N}_-])"
                  : quoted);
    }
  }

  /** Joins the parts of a message to one line, without null or blank parts. */
  public String of(String... parts) {
    String line =
        Stream.of(parts)
            .filter(Objects::nonNull)
            .map(part -> part.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    String clean = masked(line);
    return clean.length() <= MAX ? clean : clean.substring(0, MAX - 1) + "…";
  }

  private String masked(String line) {
    String clean = key == null ? line : key.matcher(line).replaceAll(MASK);
    clean = OF_KNOWN_FORM.matcher(clean).replaceAll(MASK);
    return AFTER_A_NAME.matcher(clean).replaceAll("$1" + MASK);
  }
}
