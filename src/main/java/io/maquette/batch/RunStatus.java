package io.maquette.batch;

/** Status of a batch run. */
public enum RunStatus {
  /** A node works on the run. */
  RUNNING,
  /** A node works on the run, which ends after its current chunk. */
  STOPPING,
  /** The run has processed all items. */
  COMPLETED,
  /** An operator or a server's shutdown stopped the run; it can be restarted. */
  STOPPED,
  /** The run failed for the reason in {@code problem}; it can be restarted. */
  FAILED,
  /** The run's node died; the run can be restarted. */
  ABANDONED;

  /** Returns whether a node owns the run. */
  public boolean isActive() {
    return this == RUNNING || this == STOPPING;
  }

  /** Returns whether the run can continue at its checkpoint. */
  public boolean isRestartable() {
    return this == STOPPED || this == FAILED || this == ABANDONED;
  }
}
