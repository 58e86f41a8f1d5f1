package io.maquette.provider;

/** Effect of the cancellation of a provider job. */
public enum Cancellation {
  /** The job is stopped and costs nothing. */
  STOPPED,
  /** The job is stopped, but the provider may charge what it has used so far. */
  STOPPED_MAY_COST,
  /** The job cannot be stopped: it runs to its end and is charged. */
  CANNOT_STOP
}
