package io.maquette.webhook.web;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.webhook.TooManyWebhooksException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Exception mapper that turns the rejection of a webhook into a problem response. */
public final class WebhookProblems {

  private WebhookProblems() {}

  /** The owner has the maximum number of webhooks. */
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
