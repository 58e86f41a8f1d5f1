package io.maquette.platform.http;

import jakarta.ejb.EJBException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Whatever a resource throws that no mapper nearer to it knows becomes a problem here. */
public final class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class.getName());
  private static final String RETRY_SECONDS = "5";

  private ProblemMappers() {}

  /** What JAX-RS itself refuses - no such path, method, type - and what we throw as it. */
  @Provider
  public static class OfWebApplication implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException e) {
      if (e.getResponse().getEntity() instanceof Problem) {
        return e.getResponse();
      }
      int status = e.getResponse().getStatus();
      if (status == 500 || status < 400) {
        return unexpected(e);
      }
      ProblemCode code = ProblemCode.ofStatus(status);
      Response.ResponseBuilder answer =
          Problem.of(code, status, messageOf(code), null).toResponse();
      Object allow = e.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
      return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
    }
  }

  /** A request record that breaks its constraints. */
  @Provider
  public static class OfConstraints implements ExceptionMapper<ConstraintViolationException> {
    @Override
    public Response toResponse(ConstraintViolationException e) {
      List<Problem.FieldProblem> fields =
          e.getConstraintViolations().stream()
              .map(
                  violation ->
                      new Problem.FieldProblem(
                          nameOf(violation), Texts.ofRequest().get(violation.getMessage())))
              .sorted((one, other) -> one.field().compareTo(other.field()))
              .toList();
      return ProblemException.ofFields(fields).getResponse();
    }

    private static String nameOf(ConstraintViolation<?> violation) {
      String name = "body";
      for (Path.Node node : violation.getPropertyPath()) {
        if (node.getKind() == jakarta.validation.ElementKind.PROPERTY) {
          name = node.getName();
        }
      }
      return name;
    }
  }

  /** Everything else is a fault of ours, or of the database. */
  @Provider
  public static class OfEverythingElse implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable e) {
      return isDatabaseGone(e) ? unavailable(e) : unexpected(e);
    }
  }

  private static Response unexpected(Throwable e) {
    String id = UUID.randomUUID().toString();
    LOG.log(Level.SEVERE, "Request failed; it was told " + id, unwrapped(e));
    return Problem.of(
            ProblemCode.UNKNOWN_ERROR,
            Texts.ofRequest().get("problem.UNKNOWN_ERROR", id),
            new Reference(id))
        .toResponse()
        .build();
  }

  private static Response unavailable(Throwable e) {
    LOG.log(Level.WARNING, "Request refused while the database is away", unwrapped(e));
    return Problem.of(ProblemCode.UNAVAILABLE, messageOf(ProblemCode.UNAVAILABLE), null)
        .toResponse()
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .build();
  }

  /** What to quote when asking about a fault of ours. */
  public record Reference(String id) {}

  private static String messageOf(ProblemCode code) {
    return Texts.ofRequest().get("problem." + code, "");
  }

  private static Throwable unwrapped(Throwable e) {
    return e instanceof EJBException && e.getCause() != null ? unwrapped(e.getCause()) : e;
  }

  private static boolean isDatabaseGone(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException
          || cause instanceof SQLNonTransientConnectionException
          || (cause instanceof SQLException sql
              && sql.getSQLState() != null
              && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P")))) {
        return true;
      }
    }
    return false;
  }
}
