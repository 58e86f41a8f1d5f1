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
 * Cached task counts for MBeans. Tools read each attribute in a separate call, so a query per call
 * would be too expensive. The cache time grows with the duration of the queries, which take at most
 * 1 % of the time.
 */
final class Census {

  /**
   * Task counts at one time.
   *
   * @param at time of the queries
   * @param counts number of tasks in each status
   * @param queues state of each queue that workers act on
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
   * Returns the counts. Their maximum age is 1 second or 100 times the duration of the queries; the
   * longer period applies.
   *
   * @throws IllegalStateException if the database does not answer
   */
  synchronized Figures now() {
    Instant now = clock.instant();
    if (last == null || last.at().plus(sharedFor).isBefore(now)) {
      try {
        last = new Figures(now, queries.counts(), queries.queues());
        Duration worth = Duration.between(now, clock.instant()).multipliedBy(HUNDREDTH);
        sharedFor = worth.compareTo(SHARED_FOR) > 0 ? worth : SHARED_FOR;
      } catch (EJBException e) {
        // the cause is omitted, because a remote reader lacks the server's classes
        throw new IllegalStateException("The database cannot be asked now");
      }
    }
    return last;
  }
}
