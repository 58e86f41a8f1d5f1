package io.maquette.provider;

/** The provider does not know the job any more (it restarted, or the id expired). */
public class JobLostException extends ProviderException {
  private static final long serialVersionUID = 1L;

  public JobLostException(String jobId) {
    super(Problem.UNAVAILABLE, "the provider does not know job " + jobId);
  }
}
