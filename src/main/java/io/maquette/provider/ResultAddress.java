package io.maquette.provider;

import java.time.Duration;
import java.util.Objects;

/**
 * URL of a finished picture at the provider.
 *
 * @param url as the provider gave it; it may contain a signature, so it is never logged
 * @param lifetime how long the provider keeps the picture, by its documentation
 * @param jobId the provider's id of the job; null if the provider has none
 * @param requestId id that the provider's support asks for; null if the provider gave none
 */
public record ResultAddress(String url, Duration lifetime, String jobId, String requestId) {
  public ResultAddress {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(lifetime, "lifetime");
  }

  @Override
  public String toString() {
    return "ResultAddress[jobId=" + jobId + ", requestId=" + requestId + "]";
  }
}
