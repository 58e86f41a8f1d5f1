package io.maquette.provider.http;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A provider's own words on a problem, for our logs: one short line without secrets. The key is
 * masked, and so is what looks like a secret: credentials behind {@code Bearer}, {@code api_key=}
 * and the like, keys of known forms, and signatures in addresses.
 */
public final class ProviderWords {

  /** The most characters of a line. */
  static final int MAX = 300;

  private static final String MASK = "***";

  /**
   * A key of fewer characters is masked only where it stands as a word. Servers at home have keys
   * like {@code none} or {@code EMPTY}; masked within words, they would make messages unreadable.
   */
  private static final int SHORT = 8;

  /**
   * What stands before a secret, and the secret: what follows up to a space, quote or separator, if
   * it has a digit or is long. Words like {@code token: expired} are left.
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

  /** Keys of OpenAI and those like it, of Meshy and Tencent, and JSON web tokens. */
  private static final Pattern OF_KNOWN_FORM =
      Pattern.compile(
          "\\b(?:sk|pk|rk|msy)[-_][A-Za-z0-9_-]{8,}|\\bAKID[A-Za-z0-9]{10,}"
              + "|\\beyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*){0,2}");

  private final Pattern key;

  /**
   * The words of one provider.
   *
   * @param key what must not be repeated, should the provider do so; empty if there is none
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

  /** One line of what it said, without the parts that are null or blank. */
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
