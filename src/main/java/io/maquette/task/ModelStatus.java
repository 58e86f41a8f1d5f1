package io.maquette.task;

/** Status of a task's model. Status names of providers are never stored. */
public enum ModelStatus {
  /** The model waits for a worker, for a free slot, or in the provider's queue. */
  PENDING,
  /** The provider generates the model. */
  GENERATING,
  /** The model file is in our store. */
  COMPLETED,
  /** The provider refused the job or failed, the deadline passed, or the user cancelled. */
  FAILED
}
