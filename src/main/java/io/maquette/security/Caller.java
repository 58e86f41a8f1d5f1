package io.maquette.security;

import io.maquette.config.DevelopmentUser;
import java.util.Set;

/**
 * Authenticated sender of a request.
 *
 * @param owner name under which the caller's tasks are stored
 * @param account id of the caller's account; null for the development user, who has no account
 * @param name name for display
 * @param role role of the account, or the role that an external token grants
 * @param scopes permissions of the credential within the role
 * @param by kind of the credential
 * @param waitingLimit limit of waiting tasks; null applies the limit of the settings
 * @param dailyLimit limit of tasks per day; null applies the limit of the settings
 */
public record Caller(
    String owner,
    String account,
    String name,
    Role role,
    Set<Scope> scopes,
    Credential by,
    Integer waitingLimit,
    Integer dailyLimit) {

  /** Kind of the credential. */
  public enum Credential {
    /** No credential: the caller is the development user of {@code dev} mode. */
    NONE,
    /** Session cookie, which browsers send automatically. */
    SESSION,
    /** API key of this installation. */
    KEY,
    /** Token of an outside issuer. */
    TOKEN;

    /**
     * Returns whether a browser sends the credential automatically, also for pages of other sites.
     */
    public boolean isAmbient() {
      return this == NONE || this == SESSION;
    }
  }

  public static final Caller DEVELOPMENT =
      new Caller(
          DevelopmentUser.NAME,
          null,
          DevelopmentUser.NAME,
          Role.USER,
          Set.of(Scope.READ, Scope.WRITE),
          Credential.NONE,
          null,
          null);

  public static Caller of(Account account, Set<Scope> scopes, Credential by) {
    return new Caller(
        account.id(),
        account.id(),
        account.name(),
        account.role(),
        scopes,
        by,
        account.waitingLimit(),
        account.dailyLimit());
  }

  /** Returns this caller as owner of the development user's tasks, as {@code dev} mode requires. */
  public Caller inDevelopment() {
    return new Caller(
        DevelopmentUser.NAME, account, name, role, scopes, by, waitingLimit, dailyLimit);
  }

  /** Returns this caller as operator, because the external token names an operator group. */
  public Caller asOperator() {
    return new Caller(owner, account, name, Role.OPERATOR, scopes, by, waitingLimit, dailyLimit);
  }

  /** Returns whether both role and credential permit operator actions. */
  public boolean isOperator() {
    return role == Role.OPERATOR && scopes.contains(Scope.ADMIN);
  }
}
