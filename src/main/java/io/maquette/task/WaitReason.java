package io.maquette.task;

/** What a task waits for that is longer in a state than it should be. */
public enum WaitReason {
  /** No worker takes it: all hands are full, or no node is at work. */
  WORKER,
  /** The provider has no room for it: its jobs are all open, or it asked for a pause. */
  ROOM,
  /** The provider was asked, and has not come up with anything. */
  PROVIDER,
  /** Calls to the provider failed again and again; it is left alone for a while. */
  CIRCUIT,
  /** An operator has paused the provider. */
  PAUSE,
  /** Only an operator can solve the provider's problem: key, credit, settings, a retired model. */
  OPERATOR,
  /** A try failed, and the next one is not due yet. */
  RETRY,
  /** Its user is to choose; that is nobody's delay and never counted as one. */
  USER
}
