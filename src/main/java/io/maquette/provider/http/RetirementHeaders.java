package io.maquette.provider.http;

import io.maquette.config.Setting;
import io.maquette.provider.Retirement;
import io.maquette.provider.Retirements;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Response filter that reads announced retirements from the headers of every answer. {@code
 * Deprecation} (RFC 9745; its drafts had {@code true} or an HTTP date) and {@code Sunset} (RFC
 * 8594) announce one. {@code Link} (RFC 8288) has the successor ({@code rel="successor-version"},
 * RFC 5829) and a page about it ({@code rel="deprecation"} or {@code rel="sunset"}).
 *
 * <p>A value that cannot be read counts as missing, so it never affects the answer.
 */
public final class RetirementHeaders implements ClientResponseFilter {

  private static final ProviderWords WORDS = new ProviderWords("");

  /** Bounds of a plausible date; clocks and units that are wrong give others. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /** Maximum number of characters of a header that are read. */
  private static final int MAX_HEADER = 4_000;

  private static final int MAX_ADDRESS = 200;

  /** One link: its target, and its parameters. */
  private static final Pattern LINK =
      Pattern.compile(
          "<([^<>]*+)>"
              + "((?:\\s*+;\\s*+[\\w*-]++(?:\\s*+=\\s*+(?:\"[^\"]*+\"|[^\\s\",;]*+))?)*+)");

  private static final Pattern RELATION =
      Pattern.compile(
          ";\\s*+rel\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\\s\",;]*+))", Pattern.CASE_INSENSITIVE);

  private final Retirements retirements;
  private final String provider;
  private final String setting;

  /**
   * Creates the filter of one client.
   *
   * @param settings the settings that name what the client calls, all of the same provider
   */
  public RetirementHeaders(Retirements retirements, Setting<?>... settings) {
    this.retirements = retirements;
    provider = settings[0].name().replaceFirst("^maquette\\.([a-z0-9]+)\\..*", "$1");
    setting = Arrays.stream(settings).map(Setting::name).collect(Collectors.joining(", "));
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    read(response.getHeaders(), request.getUri()).ifPresent(retirements::add);
  }

  private Optional<Retirement> read(Map<String, List<String>> headers, URI called) {
    String deprecation = values(headers, "Deprecation").findFirst().orElse("");
    Instant deprecatedAt = deprecation.startsWith("@") ? seconds(deprecation) : date(deprecation);
    Instant retiresAt =
        values(headers, "Sunset").findFirst().map(RetirementHeaders::date).orElse(null);
    boolean isDeprecated =
        deprecatedAt != null || deprecation.equalsIgnoreCase("true") || deprecation.equals("?1");
    return isDeprecated || retiresAt != null
        ? Optional.of(
            new Retirement(
                provider,
                setting,
                deprecatedAt,
                retiresAt,
                link(headers, called, "successor-version"),
                Stream.of("deprecation", "sunset")
                    .map(relation -> link(headers, called, relation))
                    .filter(address -> address != null)
                    .findFirst()
                    .orElse(null)))
        : Optional.empty();
  }

  /**
   * Returns the address of the successor that an answer names.
   *
   * @return null if it names none
   */
  static String successor(Map<String, List<String>> headers) {
    return link(headers, URI.create("about:blank"), "successor-version");
  }

  private static Stream<String> values(Map<String, List<String>> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> name.equalsIgnoreCase(header.getKey()) && header.getValue() != null)
        .flatMap(header -> header.getValue().stream())
        .filter(value -> value != null)
        .map(value -> value.substring(0, Math.min(MAX_HEADER, value.length())).strip());
  }

  private static String link(Map<String, List<String>> headers, URI called, String relation) {
    return values(headers, "Link")
        .map(LINK::matcher)
        .flatMap(Matcher::results)
        .filter(link -> relations(link.group(2)).anyMatch(relation::equals))
        .map(link -> address(link.group(1), called))
        .filter(address -> address != null)
        .findFirst()
        .orElse(null);
  }

  private static Stream<String> relations(String parameters) {
    Matcher relation = RELATION.matcher(parameters);
    if (!relation.find()) {
      return Stream.empty();
    }
    String names = relation.group(1) == null ? relation.group(2) : relation.group(1);
    return Pattern.compile("\\s+").splitAsStream(names.strip().toLowerCase(Locale.ROOT));
  }

  /** Returns an absolute address without secrets; null if it is none of the web. */
  private static String address(String target, URI called) {
    try {
      URI address = called.resolve(target.strip());
      boolean isOfTheWeb =
          List.of("http", "https").contains(String.valueOf(address.getScheme()))
              && address.getHost() != null
              && address.getUserInfo() == null;
      String text = WORDS.of(address.toString());
      return isOfTheWeb && text.length() <= MAX_ADDRESS ? text : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Instant seconds(String text) {
    return text.matches("@[0-9]{1,12}")
        ? plausible(Instant.ofEpochSecond(Long.parseLong(text.substring(1))))
        : null;
  }

  private static Instant date(String text) {
    try {
      return plausible(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Instant plausible(Instant time) {
    return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
  }
}
