package io.maquette.worker;

import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.storage.ResultFetchException.Reason;
import io.maquette.task.submission.UnfetchedResult;

/** A result that was paid for could not be fetched, and is noted so that it is fetched again. */
class UnfetchedException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private final transient UnfetchedResult result;
  private final boolean isLost;

  /**
   * The failure of an attempt.
   *
   * @param isLost whether the provider does not keep the result any more
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
