package io.maquette.provider.wire;

import io.maquette.platform.Setting;

/** What a provider cannot be called without. */
public final class RequiredKey {

  private RequiredKey() {}

  /**
   * Checks that a key is set.
   *
   * @param value what the setting has; empty if it is not set
   * @param setting the key's
   * @param choice the setting that names the provider
   * @throws IllegalStateException naming both settings
   */
  public static void check(
      String value, Setting<String> setting, Setting<?> choice, String provider) {
    if (value.isEmpty()) {
      throw new IllegalStateException(
          setting.name() + " is not set, but " + choice.name() + " names " + provider);
    }
  }
}
