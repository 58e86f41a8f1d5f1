package io.maquette.security;

import java.util.Objects;

/**
 * An operator who does something that is audited.
 *
 * @param account their account's id; null for the application itself
 * @param name for people
 * @param address where they did it from; null for the application itself
 */
public record Operator(String account, String name, String address) {

  /** What the application does by itself, like making the first operator. */
  static final Operator ITSELF = new Operator(null, "maquette", null);

  public Operator {
    Objects.requireNonNull(name, "name");
  }

  /** As histories and records of runs name them. */
  public String actor() {
    return "operator:" + account;
  }
}
