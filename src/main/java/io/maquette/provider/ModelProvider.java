package io.maquette.provider;

import java.time.Duration;

/**
 * The port for 3D models: a job is submitted once and then asked for until it is done.
 *
 * <p>Calls are made outside any transaction and end on their own well before the worker's lease.
 */
public interface ModelProvider extends Provider {

  /**
   * Hands a job to the provider.
   *
   * @return the job's ids
   * @throws ProviderException with the {@link Problem} that says what may be done about it
   */
  Submission submit(ModelRequest request) throws ProviderException;

  /**
   * Asks how a job is doing.
   *
   * @throws JobLostException if the provider no longer knows the job, so that it must be submitted
   *     again
   * @throws ProviderException if the question could not be answered; the job itself may be fine
   */
  JobState query(String jobId) throws ProviderException;

  /**
   * Stops a job where the provider can.
   *
   * @return what that really did; a job that has ended cannot be stopped
   * @throws ProviderException if the provider could not be told
   */
  Cancellation cancel(String jobId) throws ProviderException;

  /** Jobs the provider lets us have open at once, by its documentation. */
  default int openJobs() {
    return 3;
  }

  /**
   * How long the provider keeps a finished model, by its documentation. So long a model that cannot
   * be fetched is asked for again.
   */
  default Duration resultLifetime() {
    return Duration.ofDays(1);
  }

  /**
   * Whether jobs that are open at the same time are done one after the other, and those that wait
   * cannot be told from the one being done. The deadline of such a job counts from the end of the
   * job before it.
   */
  default boolean doesOneAfterTheOther() {
    return false;
  }

  /**
   * How long to wait between two queries of a job.
   *
   * @param configured what the operator set ({@code maquette.model.poll-interval})
   */
  default Duration pollInterval(Duration configured) {
    return configured;
  }
}
