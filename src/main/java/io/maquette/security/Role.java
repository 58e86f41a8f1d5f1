package io.maquette.security;

import java.util.Locale;

/** What an account may do. */
public enum Role {
  /** Has tasks, and sees nobody else's. */
  USER,
  /** Looks after everybody's. */
  OPERATOR;

  /** The group the server knows it by. */
  public String group() {
    return name().toLowerCase(Locale.ROOT);
  }
}
