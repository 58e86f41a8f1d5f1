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

/** The settings of this node, and where each came from; secrets are not among them. */
@ApplicationScoped
public class SettingsInForce {

  /** What stands for a secret. */
  public static final String MASK = "••••••";

  private Settings settings;

  /** Required by CDI. */
  protected SettingsInForce() {}

  @Inject
  SettingsInForce(Settings settings) {
    this.settings = settings;
  }

  /** All of them, in the order they are documented. */
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
    // an address may have a password in it
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
