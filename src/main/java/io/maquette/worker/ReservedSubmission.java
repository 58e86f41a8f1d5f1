package io.maquette.worker;

import io.maquette.task.TaskClaim;
import java.time.Instant;

/**
 * A submission whose row was written in advance.
 *
 * @param call number of the row
 * @param since when it was written; not later than that
 */
record ReservedSubmission(long call, Instant since) {

  /** The one that came with a claim; null if none did. */
  static ReservedSubmission with(TaskClaim claim) {
    return claim.call() == null ? null : new ReservedSubmission(claim.call(), claim.startedAt());
  }
}
