package io.maquette.http;

/** Who a route is for. */
public enum Audience {
  /** Whoever comes: there is nothing of anybody's. */
  ANYBODY,
  /** Whoever is known; what they see is their own. */
  USERS,
  /** Operators. */
  OPERATORS,
  /** What runs on this machine and watches it, and operators. */
  MONITORS
}
