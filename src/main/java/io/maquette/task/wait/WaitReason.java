package io.maquette.task.wait;

/** Reason why an overdue task waits. */
public enum WaitReason {
  /** No worker claims the task: all threads are in use, or no node is running. */
  WORKER,
  /** The provider's limit of open jobs is reached, or the provider asked for a pause. */
  ROOM,
  /** The provider has accepted the request and has not delivered a result. */
  PROVIDER,
  /** Requests to the provider failed repeatedly, so its circuit breaker is open. */
  CIRCUIT,
  /** An operator has paused the provider. */
  PAUSE,
  /**
   * Only an operator can solve the provider's problem: key, credit, settings or a retired model.
   */
  OPERATOR,
  /** An attempt failed, and the next one is not due yet. */
  RETRY,
  /** The user has to choose a picture; this time never counts as overdue. */
  USER
}
