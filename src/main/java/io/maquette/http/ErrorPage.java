package io.maquette.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTML page for a problem, for browsers that open a page. Other clients, and the requests that a
 * page's scripts send, get the problem as JSON. The page needs neither JavaScript nor a session.
 */
final class ErrorPage {

  private static final String TEMPLATE = "/WEB-INF/error.html";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** Addresses for programs. */
  private static final List<String> FOR_PROGRAMS =
      List.of("/api/", "/openapi", "/health", "/metrics");

  private ErrorPage() {}

  /** Returns whether the client of a request shows an answer to a person. */
  static boolean suits(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return METHODS.contains(request.getMethod())
        && accept != null
        && accept.contains("text/html")
        && FOR_PROGRAMS.stream().noneMatch(pathOf(request)::startsWith);
  }

  /** Returns the path that the client asked for, without the context path. */
  private static String pathOf(HttpServletRequest request) {
    Object reported = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path = reported instanceof String uri ? uri : request.getRequestURI();
    return path.startsWith(request.getContextPath())
        ? path.substring(request.getContextPath().length())
        : path;
  }

  /** Returns the page for a problem. */
  static byte[] of(Problem problem, HttpServletRequest request, Messages texts) throws IOException {
    String heading =
        texts
            .find("error." + problem.status() + ".heading")
            .orElseGet(() -> texts.get("error.heading"));
    String hint =
        texts.find("error." + problem.status() + ".hint").orElseGet(() -> texts.get("error.hint"));
    return filled(
            template(request),
            Map.of(
                "root", request.getContextPath(),
                "language", texts.language().getLanguage(),
                "status", Integer.toString(problem.status()),
                "heading", heading,
                "detail", problem.detail(),
                "hint", hint,
                "home", texts.get("error.home"),
                "history", texts.get("error.history"),
                "retry", texts.get("error.retry")))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String template(HttpServletRequest request) throws IOException {
    try (InputStream template = request.getServletContext().getResourceAsStream(TEMPLATE)) {
      return new String(template.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Replaces each {@code {name}} by its value, with HTML's special characters escaped. */
  static String filled(String template, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(place -> Matcher.quoteReplacement(escaped(values.get(place.group(1)))));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
