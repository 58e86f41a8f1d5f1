package io.maquette.provider;

/** What a provider says of a picture it has made. */
public enum Remark {
  /** No word of the sentence was known: the picture is an ornament that follows from it. */
  UNKNOWN_SUBJECT
}
