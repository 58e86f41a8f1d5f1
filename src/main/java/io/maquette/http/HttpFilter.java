package io.maquette.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What holds for every request: its language, and headers that keep browsers from guessing.
 *
 * <p>The language is the one that is accepted ({@code Accept-Language}), unless the query says
 * another ({@code lang}), or in the console a cookie: a browser cannot set headers on links and
 * streams.
 *
 * <p>{@code web.xml} maps it, before the gates, which refuse in that language.
 */
public class HttpFilter implements Filter {

  /** The header that says what a page may load and run. */
  public static final String POLICY = "Content-Security-Policy";

  /** The cookie in which pages keep the language that was chosen, for the console. */
  private static final String LANGUAGE_COOKIE = "maquette-language";

  private static final String OWN_HOST_ONLY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  /**
   * The pages say in an import map where three.js is, which browsers take only from the page itself
   * (the digest is that of its text); three.js reads the textures of a model as blobs, and buffers
   * and textures in data URIs as they are.
   */
  static final String FOR_PAGES =
      OWN_HOST_ONLY
          + "; script-src 'self' 'sha256-dio3o/MLifE3rg6gqwC0hkJYHaknkjVBgVcf3WvqFWM='"
          + "; img-src 'self' blob: data:; connect-src 'self' blob: data:";

  private static final String WORKERS = "/assets/js/model/";

  private static final String NOTHING_AROUND =
      "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /**
   * Policy of the worker that decodes compressed geometry: it may compile WebAssembly, which no
   * page may, and can reach nothing but the decoders. Browsers take a worker's policy from its own
   * file.
   */
  static final String FOR_DECODERS =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
          + NOTHING_AROUND;

  /** Policy of the worker that decodes KTX2: the transcoder makes functions of text, too. */
  static final String FOR_KTX2 =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'; connect-src 'self'"
          + NOTHING_AROUND;

  /**
   * PrimeFaces keeps an element of no looks for what asks again by itself: the digest of its style.
   */
  private static final String HIDDEN =
      "; style-src-attr 'unsafe-hashes' 'sha256-biLFinpqYMtWHmXfkA1BPeCY0/fNt46SAZ+BBk5YUog='";

  /** Swagger UI sets styles on its elements and has its icons as data. */
  private static final String FOR_SWAGGER =
      OWN_HOST_ONLY + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

  private static final Pattern LANGUAGE = Pattern.compile("(?:^|&)lang=([A-Za-z-]{2,20})(?:&|$)");

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    setHeaders(http, (HttpServletResponse) response);
    Messages.begin(languageOf(http));
    try {
      chain.doFilter(isApi(http) ? http : new Unranged(http), response);
    } finally {
      Messages.end();
    }
  }

  private static boolean isApi(HttpServletRequest request) {
    return request.getRequestURI().startsWith(request.getContextPath() + "/api/");
  }

  /**
   * A request for a page or an asset, which are small: they are sent whole. Payara answers a {@code
   * Range} it cannot read, or that lies outside the file, with 500.
   */
  private static final class Unranged extends HttpServletRequestWrapper {

    Unranged(HttpServletRequest request) {
      super(request);
    }

    private static boolean isHidden(String name) {
      return name.equalsIgnoreCase("Range") || name.equalsIgnoreCase("If-Range");
    }

    @Override
    public String getHeader(String name) {
      return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = Collections.list(super.getHeaderNames());
      names.removeIf(Unranged::isHidden);
      return Collections.enumeration(names);
    }
  }

  private static String languageOf(HttpServletRequest request) {
    String query = request.getQueryString();
    Matcher language = LANGUAGE.matcher(query == null ? "" : query);
    if (language.find()) {
      return language.group(1);
    }
    Cookie[] cookies = request.getCookies();
    return (cookies == null ? Stream.<Cookie>empty() : Arrays.stream(cookies))
        .filter(cookie -> cookie.getName().equals(LANGUAGE_COOKIE))
        .map(Cookie::getValue)
        .findFirst()
        .orElse(request.getHeader("Accept-Language"));
  }

  static void setHeaders(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader(POLICY, policyFor(request.getContextPath(), request.getRequestURI()));
  }

  /**
   * The policy for a page of the console.
   *
   * @param nonce what the scripts that stand in it carry, and no others can know
   */
  public static String forConsole(String nonce) {
    return FOR_PAGES.replace("script-src 'self'", "script-src 'self' 'nonce-" + nonce + "'")
        + HIDDEN;
  }

  static String policyFor(String context, String path) {
    if (path.equals(context + WORKERS + "decoder-worker.js")) {
      return FOR_DECODERS;
    }
    if (path.equals(context + WORKERS + "ktx2-worker.js")) {
      return FOR_KTX2;
    }
    if (path.endsWith("/api-docs.html")) {
      return FOR_SWAGGER;
    }
    return path.endsWith("/") || path.endsWith(".html") ? FOR_PAGES : OWN_HOST_ONLY;
  }
}
