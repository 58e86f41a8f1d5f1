package io.maquette.provider;

/** What the three ports have in common. */
public interface Provider {

  /** The name the settings choose this provider by, told by {@link Named} at its class. */
  default String name() {
    return getClass().getAnnotation(Named.class).value();
  }

  /**
   * Checks that the settings have what this provider needs. Called at start if it is chosen.
   *
   * @throws IllegalStateException naming the setting that is missing
   */
  default void check() {}
}
