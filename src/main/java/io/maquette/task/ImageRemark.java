package io.maquette.task;

/** Remark about a picture that its content does not show. */
public enum ImageRemark {
  /** The built-in studio knew no word of the prompt, so the picture is an ornament. */
  UNKNOWN_SUBJECT
}
