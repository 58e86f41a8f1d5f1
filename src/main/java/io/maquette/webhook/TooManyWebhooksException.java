package io.maquette.webhook;

import jakarta.ejb.ApplicationException;

/** Somebody has as many webhooks as they may have. */
@ApplicationException(rollback = true)
public class TooManyWebhooksException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyWebhooksException(String message) {
    super(message);
  }
}
