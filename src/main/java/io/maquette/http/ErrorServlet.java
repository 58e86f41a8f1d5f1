package io.maquette.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Error page that answers failures outside the resources: to browsers as a page, to other clients
 * in the same form as the resources do.
 */
@WebServlet("/error")
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = Logger.getLogger(ErrorServlet.class.getName());

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem problem = problemOf(request);
    HttpFilter.setHeaders(request, response); // some failures happen before the filter runs
    if (problem.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED
        && !response.containsHeader("Allow")) {
      response.setHeader("Allow", "GET, HEAD");
    }
    answer(problem, request, response);
  }

  /** Answers a request with a problem, or with its page. */
  public static void answer(
      Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean isPage = ErrorPage.suits(request);
    byte[] body =
        isPage
            ? ErrorPage.of(problem, request, HttpFilter.textsFor(request))
            : JsonFormat.write(problem).getBytes(StandardCharsets.UTF_8);
    if (isPage) {
      response.setHeader(HttpFilter.POLICY, HttpFilter.FOR_PAGES);
    }
    response.setStatus(problem.status());
    response.setContentType(isPage ? "text/html;charset=UTF-8" : Problem.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Vary", "Accept, Accept-Language");
    response.setContentLength(body.length);
    if (!"HEAD".equals(request.getMethod())) {
      response.getOutputStream().write(body);
    }
    response.flushBuffer(); // otherwise the server sets its own content type on an empty response
  }

  private static Problem problemOf(HttpServletRequest request) {
    Object reported = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = reported instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND;
    if (status == HttpServletResponse.SC_NOT_IMPLEMENTED) {
      // an HTTP method that static files do not support is the client's error
      status = HttpServletResponse.SC_METHOD_NOT_ALLOWED;
    }
    Messages texts = HttpFilter.textsFor(request);
    if (ProblemCode.ofStatus(status) != ProblemCode.UNKNOWN_ERROR) {
      return Problem.ofStatus(status, texts);
    }
    String id = UUID.randomUUID().toString();
    LOG.log(
        Level.SEVERE,
        "Request failed with error id " + id,
        (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
    return Problem.ofFault(id, status, texts);
  }
}
