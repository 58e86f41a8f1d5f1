package io.maquette.task.submission;

import java.time.Instant;

/**
 * A result that was paid for and could not be fetched so far.
 *
 * @param call number of the submission
 * @param provider who made it
 * @param address where it lies; null for a model; it may hold a signature, so it is never logged
 * @param jobId what the provider knows it by; null where it has no such thing
 * @param isWanted whether its task still waits for it
 * @param expiresAt how long the provider keeps it
 * @param problem why the last attempt to fetch it failed
 * @param words the same for operators
 * @param failures attempts that failed
 * @param failedAt when the last one failed
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
