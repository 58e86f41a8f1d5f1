package io.maquette.security;

import java.util.Objects;

/**
 * Operator who performs an audited action.
 *
 * @param account id of the operator's account; null for the application itself
 * @param name name for display
 * @param address the operator's network address; null for the application itself
 */
public record Operator(String account, String name, String address) {

  /** Actor of automatic actions, such as creating the first operator. */
  static final Operator ITSELF = new Operator(null, "maquette", null);

  public Operator {
    Objects.requireNonNull(name, "name");
  }

  /** Returns the operator's name in task histories and batch runs. */
  public String actor() {
    return "operator:" + account;
  }
}
