package io.maquette.admin;

/**
 * A setting as it is in force on this node.
 *
 * @param value {@link SettingsInForce#MASK} where it is a secret; empty where there is none
 * @param source where it came from, as MicroProfile Config names it; null if it is the default
 * @param defaultValue what holds where it is not set
 * @param meaning what it is for
 * @param bounds what it may be
 */
public record SettingInForce(
    String name,
    String value,
    boolean secret,
    String source,
    String defaultValue,
    String meaning,
    String bounds) {}
