package io.maquette.security.web;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.security.AccountException;
import io.maquette.security.NotThereException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Exception mapper that turns rejections of accounts and keys into problem responses. */
@Provider
public class AccessProblems implements ExceptionMapper<AccountException> {

  /** No such account or key exists for this caller. */
  @Provider
  public static class OfAbsence implements ExceptionMapper<NotThereException> {
    @Override
    public Response toResponse(NotThereException e) {
      return new ProblemException(ProblemCode.NOT_FOUND).problem().toResponse().build();
    }
  }

  @Override
  public Response toResponse(AccountException e) {
    if (e instanceof AccountException.EmailTaken) {
      return ProblemException.ofField("email", "invalid.taken").problem().toResponse().build();
    }
    if (e instanceof AccountException.WrongPassword) {
      return of(ProblemCode.UNAUTHENTICATED, "problem.password").build();
    }
    if (e instanceof AccountException.TooManyAttempts attempts) {
      long seconds = Math.max(1, attempts.retryAfter().toSeconds() + 1);
      return of(ProblemCode.RATE_LIMITED, "problem.sign-in", (seconds + 59) / 60)
          .header(HttpHeaders.RETRY_AFTER, seconds)
          .build();
    }
    String text =
        e instanceof AccountException.LastOperator
            ? "problem.last-operator"
            : e instanceof AccountException.TooManyKeys
                ? "problem.too-many-keys"
                : "problem.outside-account";
    return of(ProblemCode.INVALID_STATE, text).build();
  }

  private static Response.ResponseBuilder of(ProblemCode code, String text, Object... arguments) {
    return Problem.of(code, Messages.ofRequest().get(text, arguments), null).toResponse();
  }
}
