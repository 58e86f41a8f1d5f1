package io.maquette.provider;

import java.time.Duration;
import java.util.Objects;

/**
 * Where a picture lies that a provider has made, and that has to be fetched from there.
 *
 * @param url as the provider gave it; it may hold a signature, so it is never logged
 * @param lifetime how long the provider keeps it there, by its documentation
 * @param jobId what the provider knows it by; null where it has no such thing
 * @param requestId what the provider's support asks for; null where it told none
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
