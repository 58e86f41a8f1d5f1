package io.maquette.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Sign-in with e-mail and password. Passwords are hashed outside transactions, because hashing is
 * slow and would hold a database connection.
 */
@ApplicationScoped
public class SignIn {

  private SignInAttempts attempts;
  private Passwords passwords;
  private Accounts accounts;
  private Sessions sessions;

  /** Required by CDI. */
  protected SignIn() {}

  @Inject
  SignIn(SignInAttempts attempts, Passwords passwords, Accounts accounts, Sessions sessions) {
    this.attempts = attempts;
    this.passwords = passwords;
    this.accounts = accounts;
    this.sessions = sessions;
  }

  /**
   * Signs a user in.
   *
   * @param address the user's network address
   * @return the token for the session's cookie
   * @throws AccountException.WrongPassword if e-mail and password do not match an enabled account
   * @throws AccountException.TooManyAttempts if too many attempts failed before
   */
  public String enter(String email, String password, String address) {
    SignInAttempts.Attempt attempt = admit(email, address);
    Account account = check(email, password);
    attempts.succeeded(attempt);
    if (passwords.isOutdated(account.passwordHash())) {
      accounts.rehash(account.id(), passwords.hash(password));
    }
    return sessions.begin(account.id());
  }

  /**
   * Changes the password of a signed-in user; attempts count as sign-in attempts.
   *
   * @param session token in the cookie of the session that remains
   * @throws AccountException.WrongPassword if {@code present} is not the present password
   * @throws AccountException.TooManyAttempts if too many attempts failed before
   */
  public void changePassword(
      Caller caller, String present, String next, String session, String address) {
    SignInAttempts.Attempt attempt = admit(caller.name(), address);
    Account account = check(caller.name(), present);
    attempts.succeeded(attempt);
    accounts.changePassword(account.id(), passwords.hash(next), session);
  }

  private SignInAttempts.Attempt admit(String email, String address) {
    SignInAttempts.Attempt attempt = attempts.begin(email, address);
    Optional<Duration> delay = attempts.delay(attempt);
    if (delay.isPresent()) {
      attempts.refused(attempt);
      throw new AccountException.TooManyAttempts(delay.get());
    }
    return attempt;
  }

  /**
   * Returns the enabled local account with this e-mail and password. The check takes the same time
   * whether or not the account exists, so that its duration reveals no account.
   */
  private Account check(String email, String password) {
    Optional<Account> account = accounts.findByEmail(email).filter(Account::isLocal);
    boolean right = passwords.isRight(password, account.map(Account::passwordHash).orElse(null));
    return account
        .filter(found -> right && !found.isDisabled())
        .orElseThrow(AccountException.WrongPassword::new);
  }
}
