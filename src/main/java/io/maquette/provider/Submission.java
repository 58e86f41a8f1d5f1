package io.maquette.provider;

import java.util.Objects;

/**
 * Provider job that the provider has accepted.
 *
 * @param jobId id for queries
 * @param requestId id that the provider's support asks for; may be null
 */
public record Submission(String jobId, String requestId) {
  public Submission {
    Objects.requireNonNull(jobId, "jobId");
  }
}
