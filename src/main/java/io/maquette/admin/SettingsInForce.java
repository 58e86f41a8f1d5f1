package io.maquette.admin;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

/** Settings of this node with their sources; secrets are masked. */
@ApplicationScoped
public class SettingsInForce {

  /** Replacement for the value of a secret. */
  public static final String MASK = "••••••";

  private Settings settings;

  /** Required by CDI. */
  protected SettingsInForce() {}

  @Inject
  SettingsInForce(Settings settings) {
    this.settings = settings;
  }

  /** Returns all settings, in the order of the documentation. */
  public List<SettingInForce> list() {
    Config config = ConfigProvider.getConfig();
    return Settings.ALL.stream().map(setting -> view(setting, config)).toList();
  }

  private SettingInForce view(Setting<?> setting, Config config) {
    ConfigValue found = config.getConfigValue(setting.name());
    String set = found.getValue();
    boolean isSet = set != null && !set.isBlank();
    return new SettingInForce(
        setting.name(),
        masked(setting, isSet ? set.strip() : text(settings.get(setting))),
        setting.isSecret(),
        isSet ? found.getSourceName() : null,
        setting.defaultText(),
        setting.meaning(),
        setting.bounds());
  }

  static String masked(Setting<?> setting, String value) {
    if (setting.isSecret()) {
      return value.isEmpty() ? "" : MASK;
    }
    // an address may contain a password
    return value
        .replaceAll("(?i)((?:password|secret|token|key)=)[^&;]*", "$1" + MASK)
        .replaceAll("(//[^/@:]*:)[^/@]*@", "$1" + MASK + "@");
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(SettingsInForce::text).orElse("");
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(SettingsInForce::text).collect(Collectors.joining(","));
    }
    return String.valueOf(value);
  }
}
