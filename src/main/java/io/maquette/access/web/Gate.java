package io.maquette.access.web;

import io.maquette.access.Caller;
import io.maquette.access.CurrentUser;
import io.maquette.access.RequestOrigin;
import io.maquette.platform.http.ErrorServlet;
import io.maquette.platform.http.Problem;
import io.maquette.platform.http.ProblemCode;
import io.maquette.platform.http.Texts;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for every request, whatever it is for: a development set-up serves its own machine
 * alone, and nothing is changed because another host's page had a browser ask for it. Browsers tell
 * which page asks ({@code Sec-Fetch-Site}, {@code Origin}); beside that, what a session changes by
 * the API needs a header that another host's page cannot set. Keys and tokens are not sent by
 * browsers on their own, so none of this is asked of them.
 */
public class Gate implements Filter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @Inject private CurrentUser user;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    Optional<Problem> problem = problemOf(http);
    if (problem.isPresent()) {
      ErrorServlet.answer(problem.get(), http, (HttpServletResponse) response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private Optional<Problem> problemOf(HttpServletRequest request) {
    Optional<Problem> barrier = user.barrier();
    if (barrier.isPresent() || SAFE.contains(request.getMethod())) {
      return barrier;
    }
    Optional<Caller.Credential> credential = user.find().map(Caller::by);
    if (credential.filter(known -> !known.isAmbient()).isPresent()) {
      return Optional.empty();
    }
    if (!RequestOrigin.isOwn(
        request.getHeader("Sec-Fetch-Site"),
        request.getHeader("Origin"),
        request.getHeader("Host"))) {
      return Optional.of(forbidden("problem.origin"));
    }
    return credential.filter(Caller.Credential.SESSION::equals).isPresent()
            && request.getServletPath().equals("/api")
            && request.getHeader("X-Requested-With") == null
        ? Optional.of(forbidden("problem.csrf"))
        : Optional.empty();
  }

  private static Problem forbidden(String text) {
    return Problem.of(ProblemCode.FORBIDDEN, Texts.ofRequest().get(text), null);
  }
}
