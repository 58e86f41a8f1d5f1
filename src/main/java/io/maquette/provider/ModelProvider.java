package io.maquette.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * Port for 3D models: a job is submitted once and then queried until it is done.
 *
 * <p>Calls are made outside any transaction and return well before the worker's lease ends.
 */
public interface ModelProvider extends Provider {

  /** Returns the options that this provider accepts with the current settings. */
  default ModelCapabilities capabilities() {
    return ModelCapabilities.plain(costs() ? CostBasis.CREDITS_PER_JOB : CostBasis.FREE);
  }

  /**
   * Submits a job to the provider.
   *
   * @return the job's ids
   * @throws ProviderException with the {@link Problem}, which decides how to proceed
   */
  Submission submit(ModelRequest request) throws ProviderException;

  /**
   * Looks up the job of a submission with an unknown outcome, before another one is made.
   *
   * @param request the submitted request, with the same key
   * @return empty if the provider has no such job, or cannot look it up
   * @throws ProviderException if the provider cannot answer now
   */
  default Optional<Submission> find(ModelRequest request) throws ProviderException {
    return Optional.empty();
  }

  /**
   * Queries the state of a job.
   *
   * @throws JobLostException if the provider no longer knows the job, so that it must be submitted
   *     again
   * @throws ProviderException if the query failed; the job itself may be intact
   */
  JobState query(String jobId) throws ProviderException;

  /**
   * Cancels a job, if the provider supports that.
   *
   * @return the actual effect; a job that has ended cannot be stopped
   * @throws ProviderException if the provider cannot be reached
   */
  Cancellation cancel(String jobId) throws ProviderException;

  /** Returns the provider's documented limit of open jobs. */
  default int openJobs() {
    return 3;
  }

  /**
   * Returns how long the provider keeps a finished model, by its documentation. During that time a
   * failed download is repeated.
   */
  default Duration resultLifetime() {
    return Duration.ofDays(1);
  }

  /**
   * Returns whether the provider runs open jobs one at a time without distinguishing queued jobs
   * from the running one. The deadline of such a job counts from the end of the previous job.
   */
  default boolean doesOneAfterTheOther() {
    return false;
  }

  /**
   * Returns the wait between two queries of a job.
   *
   * @param configured the operator's setting ({@code maquette.model.poll-interval})
   */
  default Duration pollInterval(Duration configured) {
    return configured;
  }
}
