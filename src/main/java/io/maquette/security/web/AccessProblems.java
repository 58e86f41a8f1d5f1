package io.maquette.security.web;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.security.EmailTakenException;
import io.maquette.security.ExternalAccountException;
import io.maquette.security.LastOperatorException;
import io.maquette.security.NotThereException;
import io.maquette.security.TooManyAttemptsException;
import io.maquette.security.TooManyKeysException;
import io.maquette.security.WrongPasswordException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What accounts and keys refuse, as problems. */
public final class AccessProblems {

  private AccessProblems() {}

  /** There is no such account or key for this caller. */
  @Provider
  public static class OfAbsence implements ExceptionMapper<NotThereException> {
    @Override
    public Response toResponse(NotThereException e) {
      return new ProblemException(ProblemCode.NOT_FOUND).problem().toResponse().build();
    }
  }

  /** The e-mail has an account. */
  @Provider
  public static class OfEmail implements ExceptionMapper<EmailTakenException> {
    @Override
    public Response toResponse(EmailTakenException e) {
      return ProblemException.ofField("email", "invalid.taken").problem().toResponse().build();
    }
  }

  /** No operator would be left. */
  @Provider
  public static class OfLastOperator implements ExceptionMapper<LastOperatorException> {
    @Override
    public Response toResponse(LastOperatorException e) {
      return of(ProblemCode.INVALID_STATE, "problem.last-operator").build();
    }
  }

  /** There are too many keys. */
  @Provider
  public static class OfKeys implements ExceptionMapper<TooManyKeysException> {
    @Override
    public Response toResponse(TooManyKeysException e) {
      return of(ProblemCode.INVALID_STATE, "problem.too-many-keys").build();
    }
  }

  /** There is no password to change. */
  @Provider
  public static class OfOutside implements ExceptionMapper<ExternalAccountException> {
    @Override
    public Response toResponse(ExternalAccountException e) {
      return of(ProblemCode.INVALID_STATE, "problem.outside-account").build();
    }
  }

  /** Nobody's e-mail and password. */
  @Provider
  public static class OfPassword implements ExceptionMapper<WrongPasswordException> {
    @Override
    public Response toResponse(WrongPasswordException e) {
      return of(ProblemCode.UNAUTHENTICATED, "problem.password").build();
    }
  }

  /** Too many tries. */
  @Provider
  public static class OfAttempts implements ExceptionMapper<TooManyAttemptsException> {
    @Override
    public Response toResponse(TooManyAttemptsException e) {
      long seconds = Math.max(1, e.retryAfter().toSeconds() + 1);
      return of(ProblemCode.RATE_LIMITED, "problem.sign-in", (seconds + 59) / 60)
          .header(HttpHeaders.RETRY_AFTER, seconds)
          .build();
    }
  }

  private static Response.ResponseBuilder of(ProblemCode code, String text, Object... arguments) {
    return Problem.of(code, Messages.ofRequest().get(text, arguments), null).toResponse();
  }
}
