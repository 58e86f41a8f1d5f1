package io.maquette.task;

import jakarta.ejb.ApplicationException;

/**
 * Refusal of a picture index: the task has no picture with this index, and none will be generated
 * for it.
 */
@ApplicationException(rollback = true)
public class UnknownPictureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownPictureException(int index) {
    super("no picture " + index);
  }
}
