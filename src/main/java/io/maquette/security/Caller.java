package io.maquette.security;

import io.maquette.config.DevelopmentUser;
import java.util.Set;

/**
 * Somebody who is known.
 *
 * @param owner the name their tasks are owned under
 * @param account their account's id; null for the development user, who has none
 * @param name for people
 * @param role what they may do
 * @param scopes what of that the credential lets them do
 * @param by how they are known
 * @param waitingLimit how many tasks of theirs may wait; null for what the settings say
 * @param dailyLimit how many tasks they may create a day; null for what the settings say
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

  /** How somebody is known. */
  public enum Credential {
    /** By nothing: it is a development set-up. */
    NONE,
    /** By a cookie, which browsers send by themselves. */
    SESSION,
    /** By one of our API keys. */
    KEY,
    /** By a token of an outside issuer. */
    TOKEN;

    /** Whether a browser sends it along, whichever page asks. */
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

  /** The same one in a development set-up, where everybody's tasks are the development user's. */
  public Caller inDevelopment() {
    return new Caller(
        DevelopmentUser.NAME, account, name, role, scopes, by, waitingLimit, dailyLimit);
  }

  /** The same one, who is an operator by what vouches for them. */
  public Caller asOperator() {
    return new Caller(owner, account, name, Role.OPERATOR, scopes, by, waitingLimit, dailyLimit);
  }

  /** Whether they may do what operators do. */
  public boolean isOperator() {
    return role == Role.OPERATOR && scopes.contains(Scope.ADMIN);
  }
}
