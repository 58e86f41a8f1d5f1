package io.maquette.task.submission;

import java.time.Instant;

/**
 * Paid result whose fetch has failed so far.
 *
 * @param call ledger row of the submission
 * @param provider provider that made it
 * @param address URL of the result; null for a model; it may contain a signature, so it is never
 *     logged
 * @param jobId provider job id; null if there is none
 * @param isWanted whether its task still waits for it
 * @param expiresAt when the provider deletes it
 * @param problem reason of the last failed fetch
 * @param words the same reason as text for operators
 * @param failures number of failed fetches
 * @param failedAt when the last fetch failed
 */
public record UnfetchedResult(
    long call,
    String provider,
    String address,
    String jobId,
    boolean isWanted,
    Instant expiresAt,
    String problem,
    String words,
    int failures,
    Instant failedAt) {
  @Override
  public String toString() {
    return "UnfetchedResult[call=" + call + ", provider=" + provider + "]";
  }
}
