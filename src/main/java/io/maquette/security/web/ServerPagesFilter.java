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
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
}
