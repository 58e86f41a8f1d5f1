package io.maquette.worker;

import io.maquette.task.TaskClaim;
import java.time.Instant;

/**
 * Submission whose ledger row was written in advance.
 *
 * @param call number of the row
 * @param since time at or before the writing of the row
 */
record ReservedSubmission(long call, Instant since) {

  /** Returns the reserved submission of a claim; null if it has none. */
  static ReservedSubmission with(TaskClaim claim) {
    return claim.call() == null ? null : new ReservedSubmission(claim.call(), claim.startedAt());
  }
}
