package io.maquette.security.web;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.ErrorServlet;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.telemetry.LogThrottle;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Concurrency limit for request bodies that are being received; beyond it the answer is 503 with
 * {@code Retry-After}. Each incoming body blocks a thread, and the server's threads are limited.
 * Without this limit, slow clients would occupy all threads, and every other client would wait. A
 * body counts only until it has arrived, independent of the request's duration.
 */
public class BodyGate implements Filter {

  private static final Logger LOG = Logger.getLogger(BodyGate.class.getName());
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final String RETRY_SECONDS = "5";
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  private final LogThrottle throttle = new LogThrottle();
  private Semaphore places;

  @Inject private Settings settings;

  /** Required by the servlet container. */
  public BodyGate() {}

  BodyGate(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void init(FilterConfig config) {
    places = new Semaphore(settings.get(Setting.HTTP_BODIES), true);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    if (!hasBody(http)) {
      chain.doFilter(request, response);
      return;
    }
    if (!isAdmitted()) {
      refuse(http, (HttpServletResponse) response);
      return;
    }
    Place place = new Place(places);
    try {
      chain.doFilter(new Receiving(http, place), response);
    } finally {
      place.leave();
    }
  }

  /**
   * Returns whether a body may follow. HTTP/2 has no Transfer-Encoding, so a body of unknown length
   * is possible (RFC 9113, 8.1).
   */
  private static boolean hasBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length > 0
        || request.getHeader("Transfer-Encoding") != null
        || (length < 0
            && "HTTP/2.0".equals(request.getProtocol())
            && !WITHOUT_BODY.contains(request.getMethod()));
  }

  private boolean isAdmitted() {
    try {
      return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    throttle
        .permit("bodies")
        .ifPresent(
            leftOut ->
                LOG.log(
                    Level.WARNING,
                    "This node receives {0} request bodies at the same time (maquette.http.bodies)"
                        + " and refused a further one with 503. If clients send slowly, use a"
                        + " reverse proxy that buffers request bodies{1}",
                    new Object[] {settings.get(Setting.HTTP_BODIES), LogThrottle.suffix(leftOut)}));
    response.setHeader("Retry-After", RETRY_SECONDS);
    response.setHeader("Connection", "close"); // otherwise the server would still read the body
    ErrorServlet.answer(new ProblemException(ProblemCode.UNAVAILABLE).problem(), request, response);
  }

  /** Permit of the semaphore that is released at most once. */
  private static final class Place {

    private final Semaphore places;
    private final AtomicBoolean isLeft = new AtomicBoolean();

    Place(Semaphore places) {
      this.places = places;
    }

    void leave() {
      if (isLeft.compareAndSet(false, true)) {
        places.release();
      }
    }
  }

  /** Request that releases its permit when its body has arrived. */
  private static final class Receiving extends HttpServletRequestWrapper {

    private final Place place;
    private ServletInputStream body;

    Receiving(HttpServletRequest request, Place place) {
      super(request);
      this.place = place;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (body == null) {
        body = new Body(super.getInputStream(), getContentLengthLong(), place);
      }
      return body;
    }
  }

  private static final class Body extends ServletInputStream {

    private final ServletInputStream content;
    private final Place place;
    private final long length;
    private long received;

    /**
     * Creates a body.
     *
     * @param length in bytes; -1 if unknown
     */
    Body(ServletInputStream content, long length, Place place) {
      this.content = content;
      this.length = length;
      this.place = place;
    }

    @Override
    public int read() throws IOException {
      int value = content.read();
      received(value < 0 ? -1 : 1);
      return value;
    }

    @Override
    public int read(byte[] into, int offset, int size) throws IOException {
      int count = content.read(into, offset, size);
      received(count);
      return count;
    }

    private void received(int count) {
      received += Math.max(0, count);
      if (count < 0 || (length >= 0 && received >= length)) {
        place.leave();
      }
    }

    @Override
    public int available() throws IOException {
      return content.available();
    }

    @Override
    public void close() throws IOException {
      content.close();
    }

    @Override
    public boolean isFinished() {
      return content.isFinished();
    }

    @Override
    public boolean isReady() {
      return content.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      content.setReadListener(listener);
    }
  }
}
