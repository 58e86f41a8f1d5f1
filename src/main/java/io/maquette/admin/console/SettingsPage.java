package io.maquette.admin.console;

import io.maquette.admin.SettingInForce;
import io.maquette.admin.SettingsInForce;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What this node is set up with. */
@Named
@RequestScoped
public class SettingsPage {

  @Inject private SettingsInForce settings;

  private List<SettingInForce> rows;

  /** All settings, in the order they are documented. */
  public List<SettingInForce> getRows() {
    if (rows == null) {
      rows = settings.list();
    }
    return rows;
  }
}
