package io.maquette.task.submission;

/**
 * A submission that a provider has taken.
 *
 * @param call number of its row in the ledger
 * @param jobId the provider's id of the job; null where it has none
 * @param requestId what the provider's support asks for; null where it told none
 * @param wasPaid whether its result was noted in {@link PaidResults}, which ends when it is stored
 */
public record AcceptedSubmission(long call, String jobId, String requestId, boolean wasPaid) {

  /** A submission whose result came with the answer, or is yet to come. */
  public AcceptedSubmission(long call, String jobId, String requestId) {
    this(call, jobId, requestId, false);
  }
}
