package io.maquette.admin.jmx;

import io.maquette.task.QueueState;
import io.maquette.task.TaskQueries;
import io.maquette.task.TaskStatus;
import jakarta.ejb.EJBException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Counts of tasks that readers share for a while: tools read every attribute by itself, and not
 * each of them shall cost a query. Where there are so many tasks that counting takes its time, it
 * is done the more seldom: it never takes more than a hundredth of the time.
 */
final class Census {

  /**
   * The counts.
   *
   * @param at when they were taken
   * @param counts tasks in each status
   * @param queues the statuses that workers look at
   */
  record Figures(Instant at, Map<TaskStatus, Long> counts, Map<TaskStatus, QueueState> queues) {}

  private static final Duration SHARED_FOR = Duration.ofSeconds(1);
  private static final int HUNDREDTH = 100;

  private final TaskQueries queries;
  private final Clock clock;
  private Figures last;
  private Duration sharedFor = SHARED_FOR;

  Census(TaskQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * The counts, at most a second old, or a hundred times as old as it takes to count.
   *
   * @throws IllegalStateException if the database cannot be asked
   */
  synchronized Figures now() {
    Instant now = clock.instant();
    if (last == null || last.at().plus(sharedFor).isBefore(now)) {
      try {
        last = new Figures(now, queries.counts(), queries.queues());
        Duration worth = Duration.between(now, clock.instant()).multipliedBy(HUNDREDTH);
        sharedFor = worth.compareTo(SHARED_FOR) > 0 ? worth : SHARED_FOR;
      } catch (EJBException e) {
        // a remote reader does not have the server's classes, so the cause stays here
        throw new IllegalStateException("The database cannot be asked now");
      }
    }
    return last;
  }
}
