package io.maquette.provider;

import java.time.Instant;
import java.util.Objects;

/**
 * Announcement by a provider that it will withdraw, or has withdrawn, what a setting names: a
 * model, or the interface at an address.
 *
 * @param provider name of the provider
 * @param setting name of the setting to change, or of several
 * @param deprecatedAt start of the deprecation; null if the provider names none
 * @param retiresAt time from which requests fail; null if the provider names none
 * @param successor name or address of the replacement; null if the provider names none
 * @param documentation address of a page about the retirement; null if the provider names none
 */
public record Retirement(
    String provider,
    String setting,
    Instant deprecatedAt,
    Instant retiresAt,
    String successor,
    String documentation) {
  public Retirement {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(setting, "setting");
  }

  /** Returns this announcement, completed by what only an earlier one says. */
  Retirement after(Retirement earlier) {
    return new Retirement(
        provider,
        setting,
        deprecatedAt == null ? earlier.deprecatedAt : deprecatedAt,
        retiresAt == null ? earlier.retiresAt : retiresAt,
        successor == null ? earlier.successor : successor,
        documentation == null ? earlier.documentation : documentation);
  }

  /** Describes the announcement in one line, for operators. */
  public String words() {
    return provider
        + (retiresAt == null ? " deprecates" : " retires")
        + " the model or interface set by "
        + setting
        + (retiresAt == null ? "" : " at " + retiresAt)
        + (successor == null ? "" : "; successor: " + successor)
        + (documentation == null ? "" : "; see " + documentation);
  }
}
