package io.maquette.admin;

import io.maquette.security.Account;
import io.maquette.security.Accounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;

/** Owners of tasks and their names; an owner is the id of an account. */
@ApplicationScoped
public class Owners {

  private Accounts accounts;

  /** Required by CDI. */
  protected Owners() {}

  @Inject
  Owners(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Returns the owner for an e-mail or an id; a text without "@" counts as an id. */
  public String owner(String text) {
    return text.contains("@") ? accounts.findByEmail(text).map(Account::id).orElse(text) : text;
  }

  /**
   * Returns the names of owners; owners without an account are absent.
   *
   * @param owners at most {@link Accounts#MAX_LIMIT}
   */
  public Map<String, String> names(Collection<String> owners) {
    return accounts.names(owners);
  }
}
