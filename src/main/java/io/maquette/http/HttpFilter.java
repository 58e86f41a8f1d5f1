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
 * Filter for every request: it chooses the language and sets headers that keep browsers from
 * guessing.
 *
 * <p>The language is that of the {@code Accept-Language} header. The query parameter {@code lang}
 * overrides it, and in the console a cookie does, because browsers cannot set headers on links and
 * streams.
 *
 * <p>{@code web.xml} maps this filter before the access filters, whose refusals use that language.
 */
public class HttpFilter implements Filter {

  /** Header that says what a page may load and run. */
  public static final String POLICY = "Content-Security-Policy";

  /** Cookie in which pages store the chosen language, for the console. */
  private static final String LANGUAGE_COOKIE = "maquette-language";

  private static final String OWN_HOST_ONLY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  /**
   * Policy of pages. Browsers accept an import map only inside the page. The policy therefore has
   * the digest of the import map that locates three.js. The library three.js reads a model's
   * textures as blobs, and embedded buffers and textures as data URIs.
   */
  static final String FOR_PAGES =
      OWN_HOST_ONLY
          + "; script-src 'self' 'sha256-dio3o/MLifE3rg6gqwC0hkJYHaknkjVBgVcf3WvqFWM='"
          + "; img-src 'self' blob: data:; connect-src 'self' blob: data:";

  private static final String WORKERS = "/assets/js/model/";

  private static final String NOTHING_AROUND =
      "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /**
   * Policy of the worker that decodes compressed geometry. It may compile WebAssembly, which pages
   * may not, and can load only the decoders. Browsers take a worker's policy from the response with
   * its script.
   */
  static final String FOR_DECODERS =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
          + NOTHING_AROUND;

  /** Policy of the worker that decodes KTX2: the transcoder also creates functions from text. */
  static final String FOR_KTX2 =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'; connect-src 'self'"
          + NOTHING_AROUND;

  /** Digest of the inline style of a hidden element that PrimeFaces adds for polling. */
  private static final String HIDDEN =
      "; style-src-attr 'unsafe-hashes' 'sha256-biLFinpqYMtWHmXfkA1BPeCY0/fNt46SAZ+BBk5YUog='";

  /** Policy of Swagger UI, which sets styles on elements and uses data URIs for icons. */
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
   * Request for a page or an asset with its {@code Range} header hidden. These files are small and
   * sent whole. Payara answers an invalid or unsatisfiable range with 500.
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

  /** Returns the texts in the language of a request, also before this filter has run. */
  static Messages textsFor(HttpServletRequest request) {
    return Messages.accepting(languageOf(request));
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
   * Returns the policy for a page of the console.
   *
   * @param nonce unguessable value that the page's inline scripts carry
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
