package io.maquette.admin;

import io.maquette.monitoring.TaskStatistics;
import io.maquette.security.Operator;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskException;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.LikelyCost;
import io.maquette.worker.control.ProviderAvailability;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Bulk actions of operators, with one transaction per task. */
@ApplicationScoped
public class BulkActions {

  private static final int SAMPLE = 20;

  private TaskSearchService tasks;
  private TaskActions actions;
  private ProviderAvailability availability;
  private TaskStatistics statistics;

  /** Required by CDI. */
  protected BulkActions() {}

  @Inject
  BulkActions(
      TaskSearchService tasks,
      TaskActions actions,
      ProviderAvailability availability,
      TaskStatistics statistics) {
    this.tasks = tasks;
    this.actions = actions;
    this.availability = availability;
    this.statistics = statistics;
  }

  /** Returns what an order would do, and changes nothing. */
  public BulkScope.Preview preview(BulkScope.Order order, TaskSearch search) {
    TaskSearch meant = narrowed(order.what(), search).orElse(null);
    if (meant == null) {
      return new BulkScope.Preview(0, BulkScope.MAX_TASKS, List.of(), null);
    }
    int count = tasks.count(meant);
    return new BulkScope.Preview(
        count, BulkScope.MAX_TASKS, tasks.ids(meant, SAMPLE), cost(order, count).orElse(null));
  }

  /**
   * Runs the action on the newest {@link BulkScope#MAX_TASKS} tasks that the search finds.
   *
   * @param reason the operator's reason
   */
  public BulkScope.Result run(
      BulkScope.Order order, TaskSearch search, Operator operator, String reason) {
    List<UUID> ids =
        narrowed(order.what(), search)
            .map(meant -> tasks.ids(meant, BulkScope.MAX_TASKS))
            .orElse(List.of());
    actions.announce(order, search, ids.size(), operator, reason);
    List<BulkScope.Refused> refused = new ArrayList<>();
    for (UUID id : ids) {
      try {
        intervene(order, id, operator, reason);
      } catch (TaskException.InvalidState e) {
        refused.add(new BulkScope.Refused(id, e.currentStatus().name()));
      } catch (TaskException.InterventionRefused e) {
        refused.add(new BulkScope.Refused(id, e.reason().name()));
      } catch (TaskException.NotFound e) {
        refused.add(new BulkScope.Refused(id, "NOT_FOUND"));
      }
    }
    return new BulkScope.Result(
        ids.size(), ids.size() - refused.size(), refused, ids.size() == BulkScope.MAX_TASKS);
  }

  private void intervene(BulkScope.Order order, UUID id, Operator operator, String reason) {
    if (order.what() == Intervention.CHANGE_PROVIDER) {
      actions.changeProvider(id, order.maker(), operator, reason);
    } else {
      actions.intervene(order.what(), id, operator, reason);
    }
  }

  /** Narrows the search to statuses that permit the action; empty if no status remains. */
  private static Optional<TaskSearch> narrowed(Intervention what, TaskSearch search) {
    Set<TaskStatus> statuses = EnumSet.copyOf(what.from());
    if (!search.statuses().isEmpty()) {
      statuses.retainAll(search.statuses());
    }
    return statuses.isEmpty() ? Optional.empty() : Optional.of(search.within(statuses));
  }

  private Optional<LikelyCost> cost(BulkScope.Order order, long count) {
    List<ProviderAvailability.Limits> providers = availability.limits();
    return switch (order.what()) {
      case RETRY_IMAGES ->
          providers.stream()
              .filter(ProviderAvailability.Limits::pictures)
              .findFirst()
              .flatMap(
                  who ->
                      statistics.likelyCost(who.provider(), Stage.IMAGE, count * Task.IMAGE_COUNT));
      case RETRY_MODEL ->
          providers.stream()
              .filter(who -> who.openJobs() != null)
              .findFirst()
              .flatMap(who -> statistics.likelyCost(who.provider(), Stage.MODEL, count));
      case CHANGE_PROVIDER -> statistics.likelyCost(order.maker().name(), Stage.MODEL, count);
      case CANCEL, RELEASE_LEASE, DELETE -> Optional.empty();
    };
  }
}
