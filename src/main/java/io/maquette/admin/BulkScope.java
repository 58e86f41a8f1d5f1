package io.maquette.admin;

import io.maquette.task.submission.LikelyCost;
import java.util.List;
import java.util.UUID;

/** Requests and results of bulk actions. */
public final class BulkScope {

  /** Maximum number of tasks of one bulk action. */
  public static final int MAX_TASKS = 1_000;

  private BulkScope() {}

  /**
   * Requested bulk action.
   *
   * @param maker provider of the models; null unless the action changes the provider
   */
  public record Order(Intervention what, ProviderState maker) {

    /**
     * Creates an order.
     *
     * @throws IllegalArgumentException if the action changes the provider and names none
     */
    public Order {
      if (what == Intervention.CHANGE_PROVIDER && maker == null) {
        throw new IllegalArgumentException("a provider is required");
      }
    }
  }

  /**
   * Audit record of a bulk action that is about to run.
   *
   * @param maker provider of the models; null unless the action changes the provider
   */
  public record Announced(int tasks, String maker) {}

  /**
   * Preview of a bulk action.
   *
   * @param count number of tasks that the search finds, counted up to 10,000
   * @param perCall maximum number of tasks of one bulk action
   * @param sample ids of the newest tasks
   * @param cost likely cost; null if the action costs nothing or no past cost is known
   */
  public record Preview(int count, int perCall, List<UUID> sample, LikelyCost cost) {}

  /**
   * Task that the action did not change.
   *
   * @param why reason, as a name for programs
   */
  public record Refused(UUID task, String why) {}

  /**
   * Result of a bulk action.
   *
   * @param meant number of tasks that the search found
   * @param done number of tasks that the action changed
   * @param refused the other tasks; their status or another rule forbids the action
   * @param more whether the search may find further tasks for another call
   */
  public record Result(int meant, int done, List<Refused> refused, boolean more) {}
}
