package io.maquette.task.submission;

import java.time.Instant;

/**
 * Result that a provider has made and that is not in the store yet.
 *
 * @param accepted submission that produced it
 * @param provider provider that made it
 * @param address URL of the result; it may contain a signature, so it is never logged
 * @param expiresAt when the provider deletes it, by its documentation
 */
public record PaidResult(
    AcceptedSubmission accepted, String provider, String address, Instant expiresAt) {
  @Override
  public String toString() {
    return "PaidResult[call=" + accepted.call() + ", provider=" + provider + "]";
  }
}
