package io.maquette.provider;

import java.util.OptionalInt;

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

  /** Whether a submission may cost money, so that none is repeated without need. */
  default boolean costs() {
    return true;
  }

  /**
   * Whether a submission that is answered with HTTP 5xx may be charged for, by the provider's
   * documentation. Then such an answer is OUTCOME_UNKNOWN, which is not repeated without need;
   * otherwise it is UNAVAILABLE, which is tried again.
   */
  default boolean chargesForServerErrors() {
    return false;
  }

  /**
   * Calls it allows each second, over all nodes, by its documentation; empty where it names no such
   * limit.
   */
  default OptionalInt requestsPerSecond() {
    return OptionalInt.empty();
  }
}
