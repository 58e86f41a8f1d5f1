package io.maquette.storage;

/** Fault of a stored file. */
public enum FileFault {
  /** The store has no such file. */
  MISSING,
  /** The file has no bytes, but had some when it was stored. */
  EMPTY,
  /** The file's bytes are not those that were stored. */
  DAMAGED
}
