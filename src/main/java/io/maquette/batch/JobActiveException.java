package io.maquette.batch;

import jakarta.ejb.ApplicationException;

/**
 * Rejection: a run of the job is active, and a job has one active run at most. The transaction
 * rolls back.
 */
@ApplicationException(rollback = true)
public class JobActiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long run;

  JobActiveException(BatchJobType job, long run) {
    super("run " + run + " of " + job.id() + " is active");
    this.run = run;
  }

  /** Returns the id of the active run. */
  public long run() {
    return run;
  }
}
