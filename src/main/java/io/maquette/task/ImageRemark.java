package io.maquette.task;

/** Remark about a picture that its content does not show. */
public enum ImageRemark {
  /** The built-in studio knew no word of the prompt, so the picture is an ornament. */
  UNKNOWN_SUBJECT,

  /** The built-in studio did not know some words of the prompt, and left them out. */
  UNKNOWN_WORDS
}
