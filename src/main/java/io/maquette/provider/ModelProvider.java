package io.maquette.provider;

import java.time.Duration;

/**
 * The port for 3D models: a job is submitted once and then asked for until it is done.
 *
 * <p>Calls are made outside any transaction and end on their own well before the worker's lease.
 */
public interface ModelProvider {

  /** The name the setting {@code maquette.provider.model} chooses this provider by. */
  String name();

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
   * Stops a job where the provider can; does nothing where it cannot or where the job has ended.
   *
   * @throws ProviderException if the provider could not be told
   */
  void cancel(String jobId) throws ProviderException;

  /**
   * How long to wait between two queries of a job.
   *
   * @param configured what the operator set ({@code maquette.model.poll-interval})
   */
  default Duration pollInterval(Duration configured) {
    return configured;
  }

  /** Whether a submission may cost money, so that none is repeated without need. */
  default boolean costs() {
    return true;
  }
}
