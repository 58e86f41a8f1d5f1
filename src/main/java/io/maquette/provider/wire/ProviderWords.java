package io.maquette.provider.wire;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A provider's own words on a problem, made fit for our logs: one short line without the key. */
public final class ProviderWords {

  /** The most characters of a line. */
  static final int MAX = 300;

  private final String key;

  /**
   * The words of one provider.
   *
   * @param key what must not be repeated, should the provider do so; empty if there is none
   */
  public ProviderWords(String key) {
    this.key = key;
  }

  /** One line of what it said, without the parts that are null or blank. */
  public String of(String... parts) {
    String line =
        Stream.of(parts)
            .filter(Objects::nonNull)
            .map(part -> part.replaceAll("\\p{Cntrl}+", " ").strip())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    String clean = key.isEmpty() ? line : line.replace(key, "***");
    return clean.length() <= MAX ? clean : clean.substring(0, MAX - 1) + "…";
  }
}
