package io.maquette.security.web;

import io.maquette.http.ErrorServlet;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.json.GuardedJson;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Filter for pages that Payara adds to the application.
 *
 * <ul>
 *   <li>{@code /health}: monitors and operators see the names of providers, workers and nodes.
 *       Other clients, such as a load balancer, see only the status of each check.
 *   <li>{@code /metrics}: MicroProfile's metrics, which fail on Payara and log a stack trace per
 *       request. The filter answers 404; Maquette's metrics are at {@code /api/metrics}.
 *   <li>{@code /openapi/application.wadl}: answered with 404, because it describes only the
 *       resource of {@code /openapi}, which no client needs.
 * </ul>
 */
public class ServerPagesFilter implements Filter {

  @Inject private Monitors monitors;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    if (!isBelow("/health", http)) {
      ErrorServlet.answer(new ProblemException(ProblemCode.NOT_FOUND).problem(), http, answer);
      return;
    }
    answer.setHeader("Cache-Control", "no-store");
    if (monitors.isOneOrOperator(http)) {
      chain.doFilter(request, response);
      return;
    }
    StoredAnswer kept = new StoredAnswer(answer);
    chain.doFilter(request, kept);
    String text = kept.text();
    if (text.isEmpty()) {
      return; // an error page answers
    }
    byte[] body = withoutData(text).getBytes(StandardCharsets.UTF_8);
    answer.setContentLength(body.length);
    if (!"HEAD".equals(http.getMethod())) {
      answer.getOutputStream().write(body);
    }
  }

  private static boolean isBelow(String path, HttpServletRequest request) {
    String here = request.getRequestURI().substring(request.getContextPath().length());
    return here.matches("(?i)/*" + path + "(?:[/;].*)?");
  }

  /**
   * Reduces a health answer to names and statuses.
   *
   * @return empty if the text is not a health answer
   */
  static String withoutData(String health) {
    try {
      JsonObject whole = GuardedJson.object(health);
      JsonArrayBuilder checks = Json.createArrayBuilder();
      for (JsonValue check : whole.getJsonArray("checks")) {
        JsonObject one = check.asJsonObject();
        checks.add(
            Json.createObjectBuilder()
                .add("name", one.getString("name"))
                .add("status", one.getString("status")));
      }
      return Json.createObjectBuilder()
          .add("status", whole.getString("status"))
          .add("checks", checks)
          .build()
          .toString();
    } catch (JsonException | ClassCastException | NullPointerException e) {
      return ""; // unknown form, so nothing in it is known to be harmless
    }
  }

  /** Response that buffers its body, so that a filter can change it. The body must be small. */
  private static final class StoredAnswer extends HttpServletResponseWrapper {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final PrintWriter writer =
        new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
    private final ServletOutputStream stream =
        new ServletOutputStream() {
          @Override
          public void write(int oneByte) {
            body.write(oneByte);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            body.write(bytes, offset, length);
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("the body is stored");
          }
        };

    StoredAnswer(HttpServletResponse response) {
      super(response);
    }

    String text() {
      writer.flush();
      return body.toString(StandardCharsets.UTF_8);
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return stream;
    }

    @Override
    public PrintWriter getWriter() {
      return writer;
    }

    @Override
    public void setContentLength(int length) {
      // the changed body has another length
    }

    @Override
    public void setContentLengthLong(long length) {
      // the changed body has another length
    }

    @Override
    public void flushBuffer() {
      // the filter sends the body later
    }

    @Override
    public void resetBuffer() {
      writer.flush();
      body.reset();
    }
  }
}
