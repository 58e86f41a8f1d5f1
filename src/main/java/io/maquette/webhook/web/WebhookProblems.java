package io.maquette.webhook.web;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.webhook.TooManyWebhooksException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What webhooks refuse, as problems. */
public final class WebhookProblems {

  private WebhookProblems() {}

  /** There are too many. */
  @Provider
  public static class OfWebhooks implements ExceptionMapper<TooManyWebhooksException> {
    @Override
    public Response toResponse(TooManyWebhooksException e) {
      return Problem.of(
              ProblemCode.INVALID_STATE,
              Messages.ofRequest().get("problem.too-many-webhooks"),
              null)
          .toResponse()
          .build();
    }
  }
}
