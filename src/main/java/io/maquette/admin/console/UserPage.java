package io.maquette.admin.console;

import io.maquette.http.ProblemException;
import io.maquette.security.Account;
import io.maquette.security.Accounts;
import io.maquette.security.ApiKey;
import io.maquette.security.ApiKeys;
import io.maquette.security.NotThereException;
import io.maquette.security.Role;
import io.maquette.security.Scope;
import io.maquette.security.Users;
import io.maquette.security.web.ReasonRequest;
import io.maquette.security.web.UsersResource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;

/** Page bean of one account and its API keys. */
@Named
@RequestScoped
public class UserPage extends ActionPage {

  private final String id = Address.text("id");

  @Inject private Accounts accounts;
  @Inject private Users users;
  @Inject private ApiKeys keys;

  private String password;

  private Account account;
  private List<ApiKey> all;

  /** Returns the account; null if it does not exist. */
  public Account getAccount() {
    if (account == null && id != null) {
      try {
        account = accounts.find(id);
      } catch (NotThereException e) {
        return null;
      }
    }
    return account;
  }

  /** Returns the account's keys, newest first. */
  public List<ApiKey> getKeys() {
    if (all == null) {
      all = keys.list(id);
    }
    return all;
  }

  @Override
  void clear() {
    account = null;
    all = null;
  }

  /** Returns the keys that are not revoked. */
  public List<ApiKey> getGoodKeys() {
    return getKeys().stream().filter(key -> key.revokedAt() == null).toList();
  }

  /** Returns the scopes of a key. */
  public String scopeOf(ApiKey key) {
    return Scope.format(key.scopes());
  }

  /** Returns the password of a reset; null unless one just happened. */
  public String getPassword() {
    return password;
  }

  public void changeRole() {
    String role = getFields().get("role");
    act(
        new UsersResource.ChangeRole(role, getReason()),
        "message.user-changed",
        () -> accounts.changeRole(id, Role.valueOf(role), operator(), getReason()));
  }

  public void changeLimits() {
    look(
        () -> {
          Integer waiting = whole("waiting", "invalid.quota");
          Integer daily = whole("daily", "invalid.quota");
          act(
              new UsersResource.ChangeLimits(waiting, daily, getReason()),
              "message.user-changed",
              () -> accounts.limit(id, waiting, daily, operator(), getReason()));
        });
  }

  public void disable() {
    act(
        new ReasonRequest(getReason()),
        "message.user-changed",
        () -> accounts.disable(id, operator(), getReason()));
  }

  public void enable() {
    act(
        new ReasonRequest(getReason()),
        "message.user-changed",
        () -> accounts.enable(id, operator(), getReason()));
  }

  public void resetPassword() {
    act(
        new ReasonRequest(getReason()),
        "message.password-reset",
        () -> password = users.resetPassword(id, operator(), getReason()).password());
  }

  /** Revokes one of the account's keys. */
  public void revokeKey() {
    act(
        new ReasonRequest(getReason()),
        "message.key-revoked",
        () -> {
          String chosen = getFields().get("key");
          UUID key =
              getGoodKeys().stream()
                  .map(ApiKey::id)
                  .filter(good -> good.toString().equals(chosen))
                  .findFirst()
                  .orElseThrow(() -> ProblemException.ofField("key", "invalid.unknown"));
          keys.revoke(key, operator(), getReason());
        });
  }
}
