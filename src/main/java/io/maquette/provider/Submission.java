package io.maquette.provider;

import java.util.Objects;

/**
 * A job the provider has accepted.
 *
 * @param jobId what the job is asked for by
 * @param requestId what the provider's support asks for; may be null
 */
public record Submission(String jobId, String requestId) {
  public Submission {
    Objects.requireNonNull(jobId, "jobId");
  }
}
