package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/** A run of the job is active, and there is never more than one; nothing was changed. */
@ApplicationException(rollback = true)
public class JobActiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long run;

  JobActiveException(BatchJobType job, long run) {
    super("run " + run + " of " + job.id() + " is active");
    this.run = run;
  }

  /** The active one. */
  public long run() {
    return run;
  }
}
