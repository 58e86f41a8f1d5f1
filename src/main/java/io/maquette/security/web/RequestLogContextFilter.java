package io.maquette.security.web;

import io.maquette.security.Caller;
import io.maquette.security.CurrentUser;
import io.maquette.telemetry.Subject;
import io.maquette.telemetry.Subject.Trait;
import io.maquette.telemetry.TraceScope;
import io.maquette.telemetry.Tracing;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filter that adds user and task to the log context of a request. */
public class RequestLogContextFilter implements Filter {

  private static final Pattern TASK = Pattern.compile("/tasks/([0-9a-fA-F-]{36})(?:/|$)");

  @Inject private CurrentUser user;

  @Override
  @SuppressWarnings("try") // the scope ends with the request
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Matcher task = TASK.matcher(((HttpServletRequest) request).getRequestURI());
    Subject subject =
        new Subject()
            .with(Trait.USER, user.find().map(Caller::owner).orElse(null))
            .with(Trait.TASK, task.find() ? task.group(1) : null);
    try (TraceScope trail = Tracing.inLogs(subject)) {
      chain.doFilter(request, response);
    }
  }
}
