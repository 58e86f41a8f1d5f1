package io.maquette.admin;

/**
 * Setting and its effective value on this node.
 *
 * @param value {@link SettingsInForce#MASK} for a secret; empty if the setting has no value
 * @param source name of the source in MicroProfile Config; null for the default
 * @param defaultValue value without configuration
 * @param meaning purpose of the setting
 * @param bounds permitted values
 */
public record SettingInForce(
    String name,
    String value,
    boolean secret,
    String source,
    String defaultValue,
    String meaning,
    String bounds) {}
