package io.maquette.provider;

/**
 * Failure to query a job that the provider no longer knows, because it restarted or the id expired.
 */
public class JobLostException extends ProviderException {
  private static final long serialVersionUID = 1L;

  public JobLostException(String jobId) {
    super(Problem.UNAVAILABLE, "the provider does not know job " + jobId);
  }
}
