package io.maquette.http;

/** Audience of a route. */
public enum Audience {
  /** Every caller, even without sign-in: the route has no data of a user. */
  ANYBODY,
  /** Every signed-in user; a user sees only own data. */
  USERS,
  /** Operators. */
  OPERATORS,
  /** Monitoring tools on this machine, and operators. */
  MONITORS
}
