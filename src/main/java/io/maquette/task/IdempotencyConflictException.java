package io.maquette.task;

import jakarta.ejb.ApplicationException;

/**
 * Refusal of a request because its idempotency key was used for a different request; nothing was
 * changed.
 */
@ApplicationException(rollback = true)
public class IdempotencyConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IdempotencyConflictException(String key) {
    super("Idempotency-Key " + key + " was used for another request");
  }
}
