package io.maquette.batch;

/** Where a run of a job is in its life. */
public enum RunStatus {
  /** A node works on it. */
  RUNNING,
  /** A node works on it, and ends after the portion it is at. */
  STOPPING,
  /** It has come to its end. */
  COMPLETED,
  /** It was asked to stop, or its server was; it may be started again. */
  STOPPED,
  /** It could not go on, {@code problem} says why; it may be started again. */
  FAILED,
  /** Its node died; it may be started again. */
  ABANDONED;

  /** Whether a node has it. */
  public boolean isActive() {
    return this == RUNNING || this == STOPPING;
  }

  /** Whether it may go on from where it was. */
  public boolean isRestartable() {
    return this == STOPPED || this == FAILED || this == ABANDONED;
  }
}
