package io.maquette.provider;

import io.maquette.storage.ResultFetchException;

/**
 * Failure to download a result that the provider has made. The result is paid for, so the download
 * is repeated, not the submission. This is no outage of the provider: its circuit breaker stays
 * closed.
 */
public class ResultNotFetchedException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private final ResultFetchException.Reason reason;

  /** Wraps the failure of the last attempt. */
  public ResultNotFetchedException(ResultFetchException failure) {
    super(Problem.UNAVAILABLE, failure.getMessage(), failure);
    reason = failure.reason();
  }

  /** Returns the reason of the last failure. */
  public ResultFetchException.Reason reason() {
    return reason;
  }
}
