package io.maquette.task.wait;

import io.maquette.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cache of the overdue tasks, as this node last read them; so requests need no query for them. */
@ApplicationScoped
public class OverdueCache {

  private volatile Map<UUID, OverdueTask> tasks = Map.of();

  /** For CDI. */
  public OverdueCache() {}

  /** Replaces the cached overdue tasks. */
  public void set(Collection<OverdueTask> overdue) {
    tasks = overdue.stream().collect(Collectors.toMap(OverdueTask::task, Function.identity()));
  }

  /** Returns the overdue entry of a task in its current status; empty if it is not overdue. */
  public Optional<OverdueTask> of(Task task) {
    return Optional.ofNullable(tasks.get(task.id()))
        .filter(overdue -> overdue.status() == task.status());
  }
}
