package io.maquette.storage;

import java.net.UnknownHostException;

/** A host resolves to an address to which no connection is made. */
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
