package io.maquette.provider;

/** What it really did to tell a provider that a job is no longer wanted. */
public enum Cancellation {
  /** The job is stopped and costs nothing. */
  STOPPED,
  /** The job is stopped, but what it has used so far may be charged. */
  STOPPED_MAY_COST,
  /** The job cannot be stopped: it ends by itself, and is charged. */
  CANNOT_STOP
}
