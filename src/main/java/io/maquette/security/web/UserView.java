package io.maquette.security.web;

import io.maquette.security.Account;
import java.time.Instant;

/**
 * Account in JSON.
 *
 * @param id id under which the account's tasks are stored
 * @param name e-mail, or the subject at an outside issuer
 * @param local whether the account signs in with a password
 * @param disabledAt null if the account is enabled
 * @param waitingLimit null applies the limit of the settings
 * @param dailyLimit null applies the limit of the settings
 */
public record UserView(
    String id,
    String name,
    boolean local,
    String role,
    Instant createdAt,
    Instant disabledAt,
    Integer waitingLimit,
    Integer dailyLimit) {

  /**
   * Account with its new password.
   *
   * @param password shown only once
   */
  public record WithPassword(UserView user, String password) {
    @Override
    public String toString() {
      return "WithPassword[user=" + user.id() + "]";
    }
  }

  static UserView of(Account account) {
    return new UserView(
        account.id(),
        account.name(),
        account.isLocal(),
        account.role().name(),
        account.createdAt(),
        account.disabledAt(),
        account.waitingLimit(),
        account.dailyLimit());
  }
}
