package io.maquette.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Headers of a request that say where it comes from. These are the browser's {@code Host} and the
 * headers of reverse proxies: {@code X-Forwarded-*} and {@code Forwarded} (RFC 7239).
 *
 * @param all the values of a header, by its name in any case
 */
record ProxyHeaders(Function<String, List<String>> all) {

  static final String HOST = "Host";
  static final String FORWARDED_HOST = "X-Forwarded-Host";
  static final String FORWARDED = "Forwarded";

  private static final int MAX_SHOWN = 100;

  /**
   * Possessive quantifiers, because others take a stack frame for each character of a quoted value.
   */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\s*+([A-Za-z]++)=(\"(?:[^\"\\\\]++|\\\\.)*+\"|[^\\s;,\"]*+)\\s*+(?:[;,]|$)");

  static ProxyHeaders of(HttpServletRequest request) {
    return new ProxyHeaders(name -> Collections.list(request.getHeaders(name)));
  }

  /** Returns the first value of a header; null if the header is absent. */
  String first(String name) {
    List<String> values = all.apply(name);
    return values.isEmpty() ? null : values.get(0);
  }

  boolean has(String name) {
    return !all.apply(name).isEmpty();
  }

  /** Returns the values of a header that can have several, separated by commas. */
  List<String> values(String name) {
    return all.apply(name).stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  /** Returns the values of one parameter of {@code Forwarded}, such as {@code for}. */
  List<String> forwarded(String parameter) {
    return forwarded().orElse(List.of()).stream()
        .filter(pair -> pair.getKey().equalsIgnoreCase(parameter))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Returns whether {@code Forwarded} is present but unreadable or without a {@code for}. */
  boolean hasUnclearForwarded() {
    return has(FORWARDED) && forwarded("for").isEmpty();
  }

  /** Returns all parameters of {@code Forwarded}; empty if one is unreadable. */
  private Optional<List<Map.Entry<String, String>>> forwarded() {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String header : all.apply(FORWARDED)) {
      Matcher each = PARAMETER.matcher(header);
      while (each.regionStart() < header.length()) {
        if (!each.lookingAt()) {
          return Optional.empty();
        }
        pairs.add(Map.entry(each.group(1), unquoted(each.group(2))));
        each.region(each.end(), header.length());
      }
    }
    return Optional.of(pairs);
  }

  private static String unquoted(String value) {
    return value.startsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
  }

  /** Returns all hosts that the request or a proxy names as the request's target. */
  List<String> hosts() {
    return Stream.of(values(HOST), values(FORWARDED_HOST), forwarded("host"))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Returns whether a proxy reports that the browser uses https; the first value is the browser's.
   */
  boolean sayHttps() {
    return Stream.of(values("X-Forwarded-Proto"), values("X-Forwarded-Scheme"), forwarded("proto"))
        .anyMatch(values -> !values.isEmpty() && values.get(0).equalsIgnoreCase("https"));
  }

  /** Returns a header for an answer or a log line: at most 100 characters, on one line. */
  String shown(String name) {
    String value = String.join(", ", all.apply(name)).replaceAll("[^ -~]", "?");
    return value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
  }

  /** Returns names and values of those of the given headers that are present. */
  String shown(List<String> names) {
    return String.join(
        "; ", names.stream().filter(this::has).map(name -> name + ": " + shown(name)).toList());
  }
}
