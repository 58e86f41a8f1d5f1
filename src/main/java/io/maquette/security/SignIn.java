package io.maquette.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.time.Duration;
import java.util.Optional;

/**
 * Sign-in with e-mail and password. Passwords are hashed outside transactions, because hashing is
 * slow and would hold a database connection.
 */
@ApplicationScoped
public class SignIn {

  private SignInAttempts attempts;
  private PasswordStore store;
  private Passwords passwords;
  private Accounts accounts;
  private Sessions sessions;

  /** Required by CDI. */
  protected SignIn() {}

  @Inject
  SignIn(
      SignInAttempts attempts,
      PasswordStore store,
      Passwords passwords,
      Accounts accounts,
      Sessions sessions) {
    this.attempts = attempts;
    this.store = store;
    this.passwords = passwords;
    this.accounts = accounts;
    this.sessions = sessions;
  }

  /**
   * Signs a user in.
   *
   * @param address the user's network address
   * @return the token for the session's cookie
   * @throws WrongPasswordException if e-mail and password do not match an enabled account
   * @throws TooManyAttemptsException if too many attempts failed before
   */
  public String enter(String email, String password, String address) {
    SignInAttempts.Attempt attempt = admit(email, address);
    Account account = accounts.find(check(email, password));
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
   * @throws WrongPasswordException if {@code present} is not the present password
   * @throws TooManyAttemptsException if too many attempts failed before
   */
  public void changePassword(
      Caller caller, String present, String next, String session, String address) {
    SignInAttempts.Attempt attempt = admit(caller.name(), address);
    String account = check(caller.name(), present);
    attempts.succeeded(attempt);
    accounts.changePassword(account, passwords.hash(next), session);
  }

  private SignInAttempts.Attempt admit(String email, String address) {
    SignInAttempts.Attempt attempt = attempts.begin(email, address);
    Optional<Duration> delay = attempts.delay(attempt);
    if (delay.isPresent()) {
      attempts.refused(attempt);
      throw new TooManyAttemptsException(delay.get());
    }
    return attempt;
  }

  private String check(String email, String password) {
    CredentialValidationResult result =
        store.validate(new UsernamePasswordCredential(email, password));
    if (result.getStatus() != Status.VALID) {
      throw new WrongPasswordException("wrong email or password");
    }
    return result.getCallerUniqueId();
  }
}
