package io.maquette.worker;

import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.storage.ResultFetchException.Reason;
import io.maquette.task.submission.UnfetchedResult;

/** Failure to fetch a paid result, which has a row and is fetched again. */
class UnfetchedException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private final transient UnfetchedResult result;
  private final boolean isLost;

  /**
   * Creates the failure of one attempt.
   *
   * @param isLost whether the provider no longer keeps the result
   */
  UnfetchedException(UnfetchedResult result, boolean isLost, Throwable cause) {
    super(Problem.UNAVAILABLE, result.words(), cause);
    this.result = result;
    this.isLost = isLost;
  }

  boolean isLost() {
    return isLost;
  }

  UnfetchedResult result() {
    return result;
  }

  Reason reason() {
    return Reason.valueOf(result.problem());
  }
}
