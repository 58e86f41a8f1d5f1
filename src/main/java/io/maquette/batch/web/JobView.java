package io.maquette.batch.web;

import io.maquette.batch.BatchJobType;
import io.maquette.batch.Run;
import java.time.Instant;

/**
 * A job.
 *
 * @param nextDue when the schedule starts it next; null if it does not
 * @param lastRun the run that began last; null if none did
 */
public record JobView(String job, Instant nextDue, RunView lastRun) {
  static JobView of(BatchJobType job, Instant nextDue, Run last) {
    return new JobView(job.id(), nextDue, last == null ? null : RunView.of(last));
  }
}
