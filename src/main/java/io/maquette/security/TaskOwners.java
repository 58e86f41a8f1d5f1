package io.maquette.security;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Owners that tasks can have. */
@ApplicationScoped
public class TaskOwners {

  private Accounts accounts;
  private Settings settings;

  /** Required by CDI. */
  protected TaskOwners() {}

  @Inject
  TaskOwners(Accounts accounts, Settings settings) {
    this.accounts = accounts;
    this.settings = settings;
  }

  /**
   * Finds the owner by e-mail or id. In {@code dev} mode every name is an owner, because tasks have
   * no accounts there.
   *
   * @return empty if no such account exists
   */
  public Optional<String> find(String emailOrId) {
    if (settings.get(Setting.AUTH).equals("dev")) {
      return Optional.of(emailOrId);
    }
    return emailOrId.contains("@")
        ? accounts.findByEmail(emailOrId).map(Account::id)
        : accounts.names(List.of(emailOrId)).keySet().stream().findFirst();
  }
}
