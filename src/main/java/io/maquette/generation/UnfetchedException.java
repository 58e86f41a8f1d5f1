package io.maquette.generation;

import io.maquette.asset.ResultFetchException.Reason;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.task.UnfetchedResult;

/** A result that was paid for could not be fetched, and is noted so that it is fetched again. */
class UnfetchedException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private final transient UnfetchedResult result;

  UnfetchedException(UnfetchedResult result, Throwable cause) {
    super(Problem.UNAVAILABLE, result.words(), cause);
    this.result = result;
  }

  UnfetchedResult result() {
    return result;
  }

  Reason reason() {
    return Reason.valueOf(result.problem());
  }
}
