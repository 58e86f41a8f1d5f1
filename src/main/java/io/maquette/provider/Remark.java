package io.maquette.provider;

/** Remark of a provider about a picture that it has made. */
public enum Remark {
  /** No word of the sentence was known: the picture is an ornament derived from it. */
  UNKNOWN_SUBJECT
}
