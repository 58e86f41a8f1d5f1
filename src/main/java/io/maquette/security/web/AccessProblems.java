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

/** Exception mappers that turn rejections of accounts and keys into problem responses. */
public final class AccessProblems {

  private AccessProblems() {}

  /** No such account or key exists for this caller. */
  @Provider
  public static class OfAbsence implements ExceptionMapper<NotThereException> {
    @Override
    public Response toResponse(NotThereException e) {
      return new ProblemException(ProblemCode.NOT_FOUND).problem().toResponse().build();
    }
  }

  /** Another account has the e-mail. */
  @Provider
  public static class OfEmail implements ExceptionMapper<EmailTakenException> {
    @Override
    public Response toResponse(EmailTakenException e) {
      return ProblemException.ofField("email", "invalid.taken").problem().toResponse().build();
    }
  }

  /** No operator would remain. */
  @Provider
  public static class OfLastOperator implements ExceptionMapper<LastOperatorException> {
    @Override
    public Response toResponse(LastOperatorException e) {
      return of(ProblemCode.INVALID_STATE, "problem.last-operator").build();
    }
  }

  /** The account has the maximum number of keys. */
  @Provider
  public static class OfKeys implements ExceptionMapper<TooManyKeysException> {
    @Override
    public Response toResponse(TooManyKeysException e) {
      return of(ProblemCode.INVALID_STATE, "problem.too-many-keys").build();
    }
  }

  /** The account is external and has no password. */
  @Provider
  public static class OfOutside implements ExceptionMapper<ExternalAccountException> {
    @Override
    public Response toResponse(ExternalAccountException e) {
      return of(ProblemCode.INVALID_STATE, "problem.outside-account").build();
    }
  }

  /** E-mail and password do not match an account. */
  @Provider
  public static class OfPassword implements ExceptionMapper<WrongPasswordException> {
    @Override
    public Response toResponse(WrongPasswordException e) {
      return of(ProblemCode.UNAUTHENTICATED, "problem.password").build();
    }
  }

  /** Too many sign-in attempts failed. */
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
