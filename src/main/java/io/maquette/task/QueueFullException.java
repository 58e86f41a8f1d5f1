package io.maquette.task;

import jakarta.ejb.ApplicationException;

/**
 * Refusal of a creation because the limit of waiting tasks is reached, for this user or for all
 * users; nothing was changed.
 */
@ApplicationException(rollback = true)
public class QueueFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean ofUser;

  QueueFullException(boolean ofUser, int limit) {
    super(limit + " tasks are waiting already");
    this.ofUser = ofUser;
  }

  /** Returns whether the user's own limit is reached; false means the limit for all users. */
  public boolean isOfUser() {
    return ofUser;
  }
}
