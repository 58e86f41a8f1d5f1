package io.maquette.provider;

import java.util.List;
import java.util.OptionalInt;

/** Common part of all provider ports. */
public interface Provider {

  /**
   * Returns the name by which the settings choose this provider, from the {@link Named} annotation.
   */
  default String name() {
    return getClass().getAnnotation(Named.class).value();
  }

  /**
   * Checks that the settings of this provider are complete. Called at start if it is chosen.
   *
   * @throws IllegalStateException naming the setting that is missing
   */
  default void check() {}

  /** Returns whether a submission may cost money, so that it must not be repeated without need. */
  default boolean costs() {
    return true;
  }

  /**
   * Returns whether the provider may charge for a submission answered with HTTP 5xx, by its
   * documentation. If so, such an answer means OUTCOME_UNKNOWN, which is not repeated without need.
   * Otherwise it means UNAVAILABLE, which is retried.
   */
  default boolean chargesForServerErrors() {
    return false;
  }

  /**
   * Asks the provider which retirements it has announced for what the settings name. Called once a
   * day on each node, if the settings choose this provider.
   *
   * @throws ProviderException if the provider cannot answer now
   */
  default List<Retirement> announcedRetirements() throws ProviderException {
    return List.of();
  }

  /**
   * Returns the documented rate limit in calls per second, over all nodes; empty if there is none.
   */
  default OptionalInt requestsPerSecond() {
    return OptionalInt.empty();
  }
}
