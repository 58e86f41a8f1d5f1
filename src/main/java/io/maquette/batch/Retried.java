package io.maquette.batch;

/** Outcome of a bulk retry for one failed task. */
public enum Retried {
  /** The task's pictures are generated again. */
  IMAGES,
  /** The task's model is generated again. */
  MODEL,
  /**
   * The task has not failed any more, or its failure does not match the request; nothing was
   * changed.
   */
  MOVED_ON,
  /**
   * The task lacks pictures or none is chosen, so no model can be generated; nothing was changed.
   */
  NO_PICTURE,
  /**
   * The task was created from an uploaded picture, so none can be generated; nothing was changed.
   */
  OWN_PICTURE
}
