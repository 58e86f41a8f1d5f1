package io.maquette.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Request filter that refuses query parameters with a zero character, which PostgreSQL cannot
 * store.
 */
@Provider
@Priority(Priorities.ENTITY_CODER) // runs after authentication
public class QueryFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    List<Problem.FieldProblem> refused =
        request.getUriInfo().getQueryParameters().entrySet().stream()
            .filter(parameter -> parameter.getValue().stream().anyMatch(QueryFilter::hasZero))
            .map(parameter -> parameter.getKey().replace('\0', '\uFFFD'))
            .sorted()
            .map(name -> new Problem.FieldProblem(name, Messages.ofRequest().get("invalid.zero")))
            .toList();
    if (!refused.isEmpty()) {
      throw ProblemException.ofFields(refused);
    }
  }

  private static boolean hasZero(String value) {
    return value.indexOf('\0') >= 0;
  }
}
