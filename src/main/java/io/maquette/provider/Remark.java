package io.maquette.provider;

/** Remark of a provider about a picture that it has made. */
public enum Remark {
  /** No word of the sentence was known: the picture is an ornament derived from it. */
  UNKNOWN_SUBJECT,

  /** Some words of the sentence were not known, and the picture leaves them out. */
  UNKNOWN_WORDS
}
