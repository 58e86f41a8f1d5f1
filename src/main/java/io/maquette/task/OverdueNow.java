package io.maquette.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The overdue tasks as this node last read them, so that nobody who looks at a task asks again. */
@ApplicationScoped
public class OverdueNow {

  private volatile Map<UUID, OverdueTask> tasks = Map.of();

  /** For CDI. */
  public OverdueNow() {}

  /** These are overdue now, and no others. */
  public void set(Collection<OverdueTask> overdue) {
    tasks = overdue.stream().collect(Collectors.toMap(OverdueTask::task, Function.identity()));
  }

  /** Whether a task is overdue, where it is now, and why. */
  public Optional<OverdueTask> of(Task task) {
    return Optional.ofNullable(tasks.get(task.id()))
        .filter(overdue -> overdue.status() == task.status());
  }
}
