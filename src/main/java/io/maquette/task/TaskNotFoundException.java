package io.maquette.task;

import jakarta.ejb.ApplicationException;
import java.util.UUID;

/** There is no such task, or it belongs to somebody else, which is the same to whoever asks. */
@ApplicationException(rollback = true)
public class TaskNotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TaskNotFoundException(UUID id) {
    super("no task " + id);
  }
}
