package io.maquette.admin.console;

import io.maquette.admin.SettingInForce;
import io.maquette.admin.SettingsInForce;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Page bean of this node's settings. */
@Named
@RequestScoped
public class SettingsPage {

  @Inject private SettingsInForce settings;

  private List<SettingInForce> rows;

  /** Returns all settings, in the order of the documentation. */
  public List<SettingInForce> getRows() {
    if (rows == null) {
      rows = settings.list();
    }
    return rows;
  }
}
