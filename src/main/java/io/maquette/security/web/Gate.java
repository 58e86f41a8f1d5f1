package io.maquette.security.web;

import io.maquette.http.ErrorServlet;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.security.Caller;
import io.maquette.security.CurrentUser;
import io.maquette.security.RequestOrigin;
import io.maquette.telemetry.LogThrottle;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Filter for every request: host check of {@code dev} mode and protection against cross-site
 * requests. In {@code dev} mode only requests from localhost are accepted ({@link
 * io.maquette.security.ClientAddress}). A page of another host cannot change anything through a
 * user's browser ({@link RequestOrigin}). In addition, a change by session through the API needs a
 * header that such a page cannot set. Requests with keys or tokens are not checked, because
 * browsers do not send these automatically.
 */
public class Gate implements Filter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private static final Logger LOG = Logger.getLogger(Gate.class.getName());

  private final LogThrottle throttle = new LogThrottle();

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
    if (!RequestOrigin.isOwn(request)) {
      log(request);
      return Optional.of(
          forbidden(
              "problem.origin", RequestOrigin.shown(request), RequestOrigin.hostShown(request)));
    }
    return credential.filter(Caller.Credential.SESSION::equals).isPresent()
            && request.getServletPath().equals("/api")
            && request.getHeader("X-Requested-With") == null
        ? Optional.of(forbidden("problem.csrf"))
        : Optional.empty();
  }

  /**
   * Logs the refusal, because a proxy that hides the browser's host causes it and needs another
   * setting.
   */
  private void log(HttpServletRequest request) {
    throttle
        .permit("origin")
        .ifPresent(
            leftOut ->
                LOG.log(
                    Level.WARNING,
                    "A change was refused, because it comes from a page of {0} but was sent to {1}. A"
                        + " reverse proxy must forward Host with its port, or X-Forwarded-Host{2}",
                    new Object[] {
                      RequestOrigin.shown(request),
                      RequestOrigin.hostShown(request),
                      LogThrottle.suffix(leftOut)
                    }));
  }

  private static Problem forbidden(String text, Object... arguments) {
    return Problem.of(ProblemCode.FORBIDDEN, Messages.ofRequest().get(text, arguments), null);
  }
}
