package io.maquette.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;
import java.util.Set;

/**
 * Identity store for e-mail and password. Validation takes the same time whether or not the account
 * exists, so that its duration reveals no account.
 */
@ApplicationScoped
public class PasswordStore implements IdentityStore {

  private Accounts accounts;
  private Passwords passwords;

  /** Required by CDI. */
  protected PasswordStore() {}

  @Inject
  PasswordStore(Accounts accounts, Passwords passwords) {
    this.accounts = accounts;
    this.passwords = passwords;
  }

  /** Validates e-mail and password; the result's unique id is the account's id. */
  public CredentialValidationResult validate(UsernamePasswordCredential credential) {
    Optional<Account> account =
        accounts.findByEmail(credential.getCaller()).filter(Account::isLocal);
    boolean right =
        passwords.isRight(
            credential.getPasswordAsString(), account.map(Account::passwordHash).orElse(null));
    return account
        .filter(found -> right && !found.isDisabled())
        .map(PasswordStore::valid)
        .orElse(CredentialValidationResult.INVALID_RESULT);
  }

  private static CredentialValidationResult valid(Account account) {
    return new CredentialValidationResult(
        null, account.id(), null, account.id(), Set.of(account.role().group()));
  }
}
