package io.maquette.security.web;

import io.maquette.http.Audience;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.http.ServedTo;
import io.maquette.security.Caller;
import io.maquette.security.CurrentUser;
import io.maquette.security.Scope;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.util.Set;

/** Filter that admits a request only if its caller belongs to the route's audience. */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class AudienceFilter implements ContainerRequestFilter {

  private static final Set<String> LOOKING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  @Context private ResourceInfo resource;
  @Context private HttpServletRequest request;
  @Inject private CurrentUser user;
  @Inject private Monitors monitors;

  @Override
  public void filter(ContainerRequestContext context) {
    switch (audience(context.getUriInfo().getPath())) {
      case ANYBODY -> {}
      case USERS -> checkScope(user.caller(), context.getMethod());
      case OPERATORS -> user.operator();
      case MONITORS -> {
        if (!monitors.isOne(request) && !isDevelopment()) {
          user.operator();
        }
      }
    }
  }

  private boolean isDevelopment() {
    return user.find().filter(caller -> caller.by() == Caller.Credential.NONE).isPresent();
  }

  private static void checkScope(Caller caller, String method) {
    if (!caller.scopes().contains(LOOKING.contains(method) ? Scope.READ : Scope.WRITE)) {
      throw new ProblemException(
          Problem.of(ProblemCode.FORBIDDEN, Messages.ofRequest().get("problem.scope"), null));
    }
  }

  private Audience audience(String path) {
    for (AnnotatedElement element :
        new AnnotatedElement[] {resource.getResourceMethod(), resource.getResourceClass()}) {
      if (element != null && element.isAnnotationPresent(ServedTo.class)) {
        return element.getAnnotation(ServedTo.class).value();
      }
    }
    return path.matches("/?admin(/.*)?") ? Audience.OPERATORS : Audience.USERS;
  }
}
