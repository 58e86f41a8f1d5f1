package io.maquette.provider.http;

import io.maquette.config.Setting;

/** Check of a provider's key, without which no call is possible. */
public final class RequiredKey {

  /**
   * Minimum number of characters of a key. Servers without keys are given keys like {@code none}. A
   * shorter key is a typing error, and could not be masked in logs.
   */
  public static final int MIN_LENGTH = 4;

  private RequiredKey() {}

  /**
   * Checks that a key is set and long enough.
   *
   * @param value value of the setting; empty if it is not set
   * @param setting setting of the key
   * @param choice the setting that names the provider
   * @throws IllegalStateException naming both settings
   */
  public static void check(
      String value, Setting<String> setting, Setting<?> choice, String provider) {
    if (value.isEmpty()) {
      throw new IllegalStateException(
          setting.name() + " is not set, but " + choice.name() + " names " + provider);
    }
    if (value.strip().length() < MIN_LENGTH) {
      throw new IllegalStateException(
          setting.name()
              + " is too short: it must have at least "
              + MIN_LENGTH
              + " characters. If "
              + provider
              + " requires no key, set any word");
    }
  }
}
