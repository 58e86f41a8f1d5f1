package io.maquette.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether an e-mail and a password are those of an account. It takes as long whether or not
 * there is one.
 */
@ApplicationScoped
public class PasswordStore implements IdentityStore {

  private Accounts accounts;
  private Passwords passwords;

  /** For CDI. */
  protected PasswordStore() {}

  @Inject
  PasswordStore(Accounts accounts, Passwords passwords) {
    this.accounts = accounts;
    this.passwords = passwords;
  }

  /** The result's unique id is the account's. */
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
