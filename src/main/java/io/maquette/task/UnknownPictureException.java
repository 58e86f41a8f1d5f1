package io.maquette.task;

import jakarta.ejb.ApplicationException;

/** The task has no picture with this index, and none is drawn for it there. */
@ApplicationException(rollback = true)
public class UnknownPictureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownPictureException(int index) {
    super("no picture " + index);
  }
}
