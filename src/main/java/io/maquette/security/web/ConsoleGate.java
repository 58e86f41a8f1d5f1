package io.maquette.security.web;

import io.maquette.http.ErrorServlet;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.security.Caller;
import io.maquette.security.CurrentUser;
import jakarta.faces.render.ResponseStateManager;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Filter that admits only operators to {@code /console}, in every mode of {@code maquette.auth}. A
 * caller without sign-in is redirected to the sign-in page and returns to the console from there.
 */
public class ConsoleGate implements Filter {

  @Inject private CurrentUser user;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    answer.setHeader("Cache-Control", "no-store");
    try {
      user.operator();
      checkThatLinksOnlyLook(http);
    } catch (ProblemException e) {
      refuse(e.problem(), http, answer);
      return;
    }
    String folder = http.getContextPath() + "/console";
    if (http.getRequestURI().equals(folder)) {
      redirect(folder + "/", answer); // the server's own redirect would name a host
      return;
    }
    chain.doFilter(request, response);
  }

  /**
   * Redirects without a host, because behind a proxy the server may not know the browser's host.
   */
  private static void redirect(String path, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", path);
  }

  /**
   * Rejects a link that would press a button. Faces takes any request with a view state for a
   * pressed button, and the stateless pages have no secret in theirs. A POST comes from a page of
   * this application ({@link Gate}); a link may come from anywhere.
   */
  private static void checkThatLinksOnlyLook(HttpServletRequest request) {
    if (!request.getMethod().equals("POST")
        && request.getParameter(ResponseStateManager.VIEW_STATE_PARAM) != null) {
      throw new ProblemException(
          Problem.of(ProblemCode.FORBIDDEN, Messages.ofRequest().get("problem.link"), null));
    }
  }

  private void refuse(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean couldSignIn =
        problem.status() == HttpServletResponse.SC_UNAUTHORIZED
            && user.find().map(Caller::account).isEmpty();
    if (couldSignIn && request.getMethod().equals("GET")) {
      String query = request.getQueryString();
      String here =
          request.getRequestURI().substring(request.getContextPath().length())
              + (query == null ? "" : "?" + query);
      redirect(
          request.getContextPath()
              + "/sign-in.html?next="
              + URLEncoder.encode(here, StandardCharsets.UTF_8),
          response);
    } else {
      ErrorServlet.answer(problem, request, response);
    }
  }
}
