package io.maquette.http;

import io.maquette.persistence.DatabaseTrouble;
import jakarta.ejb.EJBException;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Exception mappers that turn every exception of a resource into a problem, unless a more specific
 * mapper exists.
 */
public final class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class.getName());
  private static final String RETRY_SECONDS = "5";

  private ProblemMappers() {}

  /** Mapper of the application's own refusals. */
  @Provider
  public static class OfProblem implements ExceptionMapper<ProblemException> {
    @Override
    public Response toResponse(ProblemException e) {
      Response.ResponseBuilder answer = e.problem().toResponse();
      if (e.problem().status() == ProblemCode.UNAVAILABLE.status()) {
        answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
      }
      return answer.build();
    }
  }

  /** Mapper of refusals by JAX-RS itself, e.g. of an unknown path, method or type. */
  @Provider
  public static class OfWebApplication implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException e) {
      if (e.getResponse().getEntity() instanceof Problem) {
        return e.getResponse();
      }
      int status = e.getResponse().getStatus();
      if (status < 400 || ProblemCode.ofStatus(status) == ProblemCode.UNKNOWN_ERROR) {
        return fault(e);
      }
      Response.ResponseBuilder answer = Problem.ofStatus(status, Messages.ofRequest()).toResponse();
      for (String header : List.of(HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER)) {
        Object value = e.getResponse().getHeaders().getFirst(header);
        if (value != null) {
          answer.header(header, header.equals(HttpHeaders.ALLOW) ? withHead(value) : value);
        }
      }
      return answer.build();
    }
  }

  /**
   * Adds HEAD to the allowed methods. JAX-RS answers HEAD wherever it answers GET, but does not
   * list it in {@code Allow}.
   */
  private static String withHead(Object allowed) {
    Set<String> methods = new TreeSet<>(List.of(allowed.toString().split("\\s*,\\s*")));
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    return String.join(", ", methods);
  }

  /** Mapper of violated constraints of a request record. */
  @Provider
  public static class OfConstraints implements ExceptionMapper<ConstraintViolationException> {
    @Override
    public Response toResponse(ConstraintViolationException e) {
      return ProblemException.ofViolations(e.getConstraintViolations())
          .problem()
          .toResponse()
          .build();
    }
  }

  /** Mapper of constraints that cannot be checked; it replaces the server's own mapper. */
  @Provider
  public static class OfValidation implements ExceptionMapper<ValidationException> {
    @Override
    public Response toResponse(ValidationException e) {
      return fault(e);
    }
  }

  /** Mapper of exceptions that an EJB wrapped; it replaces the server's own mapper. */
  @Provider
  public static class OfEjb implements ExceptionMapper<EJBException> {
    @Override
    public Response toResponse(EJBException e) {
      return answer(e);
    }
  }

  /** Mapper of all other exceptions, which are internal errors or failures of the database. */
  @Provider
  public static class OfEverythingElse implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable e) {
      return answer(e);
    }
  }

  private static Response answer(Throwable e) {
    if (DatabaseTrouble.isRefusedValue(e)) {
      LOG.log(Level.WARNING, "The database rejects a value of a request", unwrapped(e));
      return Problem.ofStatus(ProblemCode.VALIDATION_ERROR.status(), Messages.ofRequest())
          .toResponse()
          .build();
    }
    return DatabaseTrouble.isBehind(e) ? unavailable(e) : fault(e);
  }

  private static Response fault(Throwable e) {
    String id = UUID.randomUUID().toString();
    LOG.log(Level.SEVERE, "Request failed with error id " + id, unwrapped(e));
    return Problem.ofFault(id, ProblemCode.UNKNOWN_ERROR.status(), Messages.ofRequest())
        .toResponse()
        .build();
  }

  private static Response unavailable(Throwable e) {
    LOG.log(Level.WARNING, "Request refused while the database is unavailable", unwrapped(e));
    return Problem.ofStatus(ProblemCode.UNAVAILABLE.status(), Messages.ofRequest())
        .toResponse()
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .build();
  }

  private static Throwable unwrapped(Throwable e) {
    return e instanceof EJBException && e.getCause() != null ? unwrapped(e.getCause()) : e;
  }
}
