package io.maquette.security.web;

import io.maquette.security.Account;
import java.time.Instant;

/**
 * An account.
 *
 * @param id what its tasks are owned under
 * @param name its e-mail, or its subject at an outside issuer
 * @param local whether it signs in here, with a password
 * @param disabledAt null unless it is disabled
 * @param waitingLimit null for what the settings say
 * @param dailyLimit null for what the settings say
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
   * An account with the password it was just given.
   *
   * @param password told this once
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
