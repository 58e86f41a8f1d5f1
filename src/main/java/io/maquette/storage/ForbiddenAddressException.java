package io.maquette.storage;

import java.net.UnknownHostException;

/** Failure to connect to a host, because it resolves to a forbidden address. */
final class ForbiddenAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  private final ResultFetchException.Reason reason;

  ForbiddenAddressException(ResultFetchException.Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  ResultFetchException.Reason reason() {
    return reason;
  }
}
