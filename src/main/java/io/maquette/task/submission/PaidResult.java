package io.maquette.task.submission;

import java.time.Instant;

/**
 * A result that a provider has made and that is not in the store yet.
 *
 * @param accepted the submission that it comes from
 * @param provider who made it
 * @param address where it lies; it may hold a signature, so it is never logged
 * @param expiresAt how long the provider keeps it there, by its documentation
 */
public record PaidResult(
    AcceptedSubmission accepted, String provider, String address, Instant expiresAt) {
  @Override
  public String toString() {
    return "PaidResult[call=" + accepted.call() + ", provider=" + provider + "]";
  }
}
