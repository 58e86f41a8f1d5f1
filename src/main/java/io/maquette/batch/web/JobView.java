package io.maquette.batch.web;

import io.maquette.batch.BatchJobType;
import io.maquette.batch.Run;
import java.time.Instant;

/**
 * Batch job in JSON.
 *
 * @param nextDue next scheduled start; null without a schedule
 * @param lastRun latest run; null if there is none
 */
public record JobView(String job, Instant nextDue, RunView lastRun) {
  static JobView of(BatchJobType job, Instant nextDue, Run last) {
    return new JobView(job.id(), nextDue, last == null ? null : RunView.of(last));
  }
}
