package io.maquette.security;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Whose tasks there can be. */
@ApplicationScoped
public class TaskOwners {

  private Accounts accounts;
  private Settings settings;

  /** For CDI. */
  protected TaskOwners() {}

  @Inject
  TaskOwners(Accounts accounts, Settings settings) {
    this.accounts = accounts;
    this.settings = settings;
  }

  /**
   * The owner who is meant by an e-mail or an id: an account, or in a development set-up, which has
   * none, whoever is named.
   *
   * @return empty if that is nobody
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
