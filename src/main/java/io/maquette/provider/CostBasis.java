package io.maquette.provider;

/** Basis of a provider's charges. */
public enum CostBasis {
  /** A job costs nothing: it runs on this machine, or on a server of the operator. */
  FREE,
  /** Each accepted job uses credits of the operator's account. */
  CREDITS_PER_JOB
}
