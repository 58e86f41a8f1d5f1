package io.maquette.task;

/** What there is to know of a picture beside how it looks. */
public enum ImageRemark {
  /** No word of the sentence was known where it was drawn: it is an ornament. */
  UNKNOWN_SUBJECT
}
