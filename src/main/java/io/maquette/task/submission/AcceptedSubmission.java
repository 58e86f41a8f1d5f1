package io.maquette.task.submission;

/**
 * Submission that a provider has accepted.
 *
 * @param call its row in the submission ledger
 * @param jobId provider job id; null if there is none
 * @param requestId request id for the provider's support; null if the provider sent none
 * @param wasPaid whether its result has a row in {@link PaidResults}, which storing the result
 *     removes
 */
public record AcceptedSubmission(long call, String jobId, String requestId, boolean wasPaid) {

  /** Creates a submission without a row in {@link PaidResults}. */
  public AcceptedSubmission(long call, String jobId, String requestId) {
    this(call, jobId, requestId, false);
  }
}
