package io.maquette.task;

/** What became of the wish to retry a failed task. */
public enum Retried {
  /** Its pictures are made again. */
  IMAGES,
  /** Its model is made again. */
  MODEL,
  /** It has not failed any more, or not as was asked for; nothing was changed. */
  MOVED_ON,
  /** It has not all its pictures, or none is chosen, so no model can be made; nothing changed. */
  NO_PICTURE,
  /** It began with a picture of its owner's, and none is drawn for it; nothing changed. */
  OWN_PICTURE
}
