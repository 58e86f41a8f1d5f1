package io.maquette.security;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Operator actions on users that need a password. It is generated and hashed before the
 * transaction.
 */
@ApplicationScoped
public class Users {

  /**
   * Account with a new password.
   *
   * @param password shown only here
   */
  public record WithPassword(Account account, String password) {
    @Override
    public String toString() {
      return "WithPassword[account=" + account.id() + "]";
    }
  }

  private Accounts accounts;
  private Passwords passwords;

  /** Required by CDI. */
  protected Users() {}

  @Inject
  Users(Accounts accounts, Passwords passwords) {
    this.accounts = accounts;
    this.passwords = passwords;
  }

  /**
   * Creates an account.
   *
   * @throws AccountException.EmailTaken if an account with this e-mail exists
   */
  public WithPassword create(String email, Role role, Operator by, String reason) {
    String password = Secrets.password();
    String hash = passwords.hash(password);
    return new WithPassword(create(email, role, hash, by, reason), password);
  }

  /**
   * Retries once: of two concurrent creations of one account the later fails, and then finds it.
   */
  private Account create(String email, Role role, String hash, Operator by, String reason) {
    try {
      return accounts.create(email, role, hash, by, reason);
    } catch (EJBException e) {
      return accounts.create(email, role, hash, by, reason);
    }
  }

  /**
   * Sets a new random password.
   *
   * @throws NotThereException if no such account exists
   * @throws AccountException.External if the account is external and has no password
   */
  public WithPassword resetPassword(String id, Operator by, String reason) {
    String password = Secrets.password();
    return new WithPassword(
        accounts.resetPassword(id, passwords.hash(password), by, reason), password);
  }
}
