package io.maquette.task;

import jakarta.ejb.ApplicationException;
import java.util.UUID;

/**
 * Refusal of a request for a task that does not exist or belongs to another user. Both cases look
 * the same to the client.
 */
@ApplicationException(rollback = true)
public class TaskNotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TaskNotFoundException(UUID id) {
    super("no task " + id);
  }
}
