package io.maquette.admin;

import io.maquette.task.submission.LikelyCost;
import java.util.List;
import java.util.UUID;

/** What is done to many tasks at once, before and after. */
public final class BulkScope {

  /** The most tasks one call does something to. */
  public static final int MAX_TASKS = 1_000;

  private BulkScope() {}

  /**
   * What is to be done.
   *
   * @param maker who shall make the models; null unless the provider is to be changed
   */
  public record Order(Intervention what, ProviderState maker) {

    /**
     * An order that says all it has to.
     *
     * @throws IllegalArgumentException if the provider is to be changed and none is named
     */
    public Order {
      if (what == Intervention.CHANGE_PROVIDER && maker == null) {
        throw new IllegalArgumentException("which provider is to be said as well");
      }
    }
  }

  /**
   * How many tasks something is about to be done to.
   *
   * @param maker who shall make the models; null unless the provider is changed
   */
  public record Meant(int tasks, String maker) {}

  /**
   * What would be done.
   *
   * @param count how many tasks are meant, counted no further than 10,000
   * @param perCall how many of them one call does it to
   * @param sample the newest of them
   * @param cost null where it costs nothing, or nothing is known of what it does
   */
  public record Preview(int count, int perCall, List<UUID> sample, LikelyCost cost) {}

  /**
   * One that it was not done to.
   *
   * @param why a name for programs
   */
  public record Refused(UUID task, String why) {}

  /**
   * What was done.
   *
   * @param meant how many tasks were meant
   * @param done to how many of them
   * @param refused the others, as they have moved on or have reasons against it
   * @param more whether there may be more, for another call
   */
  public record Result(int meant, int done, List<Refused> refused, boolean more) {}
}
