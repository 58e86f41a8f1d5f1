package io.maquette.provider;

import io.maquette.storage.ResultFetchException;

/**
 * A provider has made the result, but it could not be fetched. It is paid for, so it is fetched
 * again rather than submitted again. Not an outage of the provider: its circuit stays closed.
 */
public class ResultNotFetchedException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private final ResultFetchException.Reason reason;

  /** Wraps the failure of the last attempt. */
  public ResultNotFetchedException(ResultFetchException failure) {
    super(Problem.UNAVAILABLE, failure.getMessage(), failure);
    reason = failure.reason();
  }

  /** Why the last attempt failed. */
  public ResultFetchException.Reason reason() {
    return reason;
  }
}
