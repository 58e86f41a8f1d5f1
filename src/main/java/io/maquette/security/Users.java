package io.maquette.security;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What operators do to users that needs a password: it is made up and hashed here, beforehand. */
@ApplicationScoped
public class Users {

  /**
   * An account with a new password.
   *
   * @param password told only here
   */
  public record WithPassword(Account account, String password) {
    @Override
    public String toString() {
      return "WithPassword[account=" + account.id() + "]";
    }
  }

  private Accounts accounts;
  private Passwords passwords;

  /** For CDI. */
  protected Users() {}

  @Inject
  Users(Accounts accounts, Passwords passwords) {
    this.accounts = accounts;
    this.passwords = passwords;
  }

  /**
   * Makes an account.
   *
   * @throws EmailTakenException if there is one with this e-mail
   */
  public WithPassword create(String email, Role role, Operator by, String reason) {
    String password = Secrets.password();
    String hash = passwords.hash(password);
    return new WithPassword(create(email, role, hash, by, reason), password);
  }

  /** Of two that make the same one at the same moment one fails, and finds the other's. */
  private Account create(String email, Role role, String hash, Operator by, String reason) {
    try {
      return accounts.create(email, role, hash, by, reason);
    } catch (EJBException e) {
      return accounts.create(email, role, hash, by, reason);
    }
  }

  /**
   * Gives somebody another password.
   *
   * @throws NotThereException if there is no such account
   * @throws ExternalAccountException if there is none to give
   */
  public WithPassword resetPassword(String id, Operator by, String reason) {
    String password = Secrets.password();
    return new WithPassword(
        accounts.resetPassword(id, passwords.hash(password), by, reason), password);
  }
}
