package io.maquette.task;

import jakarta.ejb.ApplicationException;

/** Too many tasks wait already, of this user or of all together; nothing was changed. */
@ApplicationException(rollback = true)
public class QueueFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean ofUser;

  QueueFullException(boolean ofUser, int limit) {
    super(limit + " tasks are waiting already");
    this.ofUser = ofUser;
  }

  /** Whether it is the user's own limit that is reached, rather than everybody's. */
  public boolean isOfUser() {
    return ofUser;
  }
}
