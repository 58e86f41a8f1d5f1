package io.maquette.security;

import java.util.Locale;

/** Role of an account. */
public enum Role {
  /** Owns tasks and sees only these. */
  USER,
  /** Runs the installation and sees the tasks of all users. */
  OPERATOR;

  /** Returns the role's group name on the application server. */
  public String group() {
    return name().toLowerCase(Locale.ROOT);
  }
}
