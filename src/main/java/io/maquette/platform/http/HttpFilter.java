package io.maquette.platform.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What holds for every request: its language, and headers that keep browsers from guessing.
 *
 * <p>The language is the one that is accepted ({@code Accept-Language}), unless the query says
 * another ({@code lang}): a browser cannot set headers on links and streams.
 *
 * <p>{@code web.xml} maps it, before the gates, which refuse in that language.
 */
public class HttpFilter implements Filter {

  private static final String OWN_HOST_ONLY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  /**
   * The pages say in an import map where three.js is, which browsers take only from the page itself
   * (the digest is that of its text); three.js reads the textures of a model as blobs.
   */
  static final String FOR_PAGES =
      OWN_HOST_ONLY
          + "; script-src 'self' 'sha256-dio3o/MLifE3rg6gqwC0hkJYHaknkjVBgVcf3WvqFWM='"
          + "; img-src 'self' blob:; connect-src 'self' blob:";

  /** Swagger UI sets styles on its elements and has its icons as data. */
  private static final String FOR_SWAGGER =
      OWN_HOST_ONLY + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

  private static final Pattern LANGUAGE = Pattern.compile("(?:^|&)lang=([A-Za-z-]{2,20})(?:&|$)");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    setHeaders(http, (HttpServletResponse) response);
    Texts.begin(languageOf(http));
    try {
      chain.doFilter(request, response);
    } finally {
      Texts.end();
    }
  }

  private static String languageOf(HttpServletRequest request) {
    String query = request.getQueryString();
    Matcher language = LANGUAGE.matcher(query == null ? "" : query);
    return language.find() ? language.group(1) : request.getHeader("Accept-Language");
  }

  static void setHeaders(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Content-Security-Policy", policyFor(request.getRequestURI()));
  }

  private static String policyFor(String path) {
    if (path.endsWith("/api-docs.html")) {
      return FOR_SWAGGER;
    }
    return path.endsWith("/") || path.endsWith(".html") ? FOR_PAGES : OWN_HOST_ONLY;
  }
}
