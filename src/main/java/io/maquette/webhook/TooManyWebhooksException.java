package io.maquette.webhook;

import jakarta.ejb.ApplicationException;

/** Rejection: the owner has the maximum number of webhooks. The transaction rolls back. */
@ApplicationException(rollback = true)
public class TooManyWebhooksException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyWebhooksException(String message) {
    super(message);
  }
}
