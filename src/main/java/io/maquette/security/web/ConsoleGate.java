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
 * Lets operators into {@code /console}, whatever {@code maquette.auth} is; whoever has not signed
 * in is shown where to, and comes back from there.
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
      redirect(folder + "/", answer); // the server's own redirect has a host
      return;
    }
    chain.doFilter(request, response);
  }

  /** Without a host: behind a proxy the server may not know the one that the browser uses. */
  private static void redirect(String path, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", path);
  }

  /**
   * Faces takes any request with a view's state for a pressed button, and the pages keep none that
   * others could not know. What is posted comes from our own pages ({@link Gate}); a link may come
   * from anywhere.
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
