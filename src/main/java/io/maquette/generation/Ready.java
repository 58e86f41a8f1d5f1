package io.maquette.generation;

import io.maquette.task.Claim;
import java.time.Instant;

/**
 * A submission whose row was written in advance.
 *
 * @param call number of the row
 * @param since when it was written; not later than that
 */
record Ready(long call, Instant since) {

  /** The one that came with a claim; null if none did. */
  static Ready with(Claim claim) {
    return claim.call() == null ? null : new Ready(claim.call(), claim.startedAt());
  }
}
