package io.maquette.task;

import jakarta.ejb.ApplicationException;

/** An idempotency key came again with a different request; nothing was changed. */
@ApplicationException(rollback = true)
public class IdempotencyConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IdempotencyConflictException(String key) {
    super("Idempotency-Key " + key + " was used for another request");
  }
}
