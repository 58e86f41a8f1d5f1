package io.maquette.task;

/** Where a task's model is, in the business's words; no provider's own word is ever stored. */
public enum ModelStatus {
  /** Not begun: waits for a worker, for room, or at the provider. */
  PENDING,
  /** The provider works on it. */
  GENERATING,
  /** The file is stored on our side. */
  COMPLETED,
  /** The provider refused or failed it, the time ran out, or the user cancelled. */
  FAILED
}
