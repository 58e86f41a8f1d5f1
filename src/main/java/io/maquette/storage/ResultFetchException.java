package io.maquette.storage;

import java.io.IOException;
import java.util.Objects;

/**
 * Failure to fetch a result file from the provider's address; the application's own store is not
 * involved.
 */
public class ResultFetchException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Reason of the failure. It decides whether an operator must fix it and whether other results
   * fail, too.
   */
  public enum Reason {
    /** Neither the provider documents the host nor the operator names it. */
    HOST_NOT_ALLOWED(true, true),
    /** The host resolves to an address that proxy software hands out in fake-ip mode. */
    FAKE_IP(true, true),
    /** The host resolves to an address of this machine or of a private network. */
    NOT_PUBLIC(true, true),
    /** The HTTP proxy refuses the connection. */
    PROXY(true, true),
    /** The name cannot be resolved, or no connection can be made. */
    UNREACHABLE(false, true),
    /** The host answered, but not with the file. */
    ANSWERED(false, false),
    /** The transfer broke off or took too long. */
    BROKEN_OFF(false, false),
    /** The file at the address has a wrong type or size. */
    UNUSABLE(false, false);

    private final boolean forOperator;
    private final boolean forAll;

    Reason(boolean forOperator, boolean forAll) {
      this.forOperator = forOperator;
      this.forAll = forAll;
    }

    /** Returns whether only an operator can fix it. */
    public boolean isForOperator() {
      return forOperator;
    }

    /** Returns whether other results of the same provider most likely fail for the same reason. */
    public boolean isForAll() {
      return forAll;
    }
  }

  private final Reason reason;

  /** Creates the failure of a transfer that broke off. */
  public ResultFetchException(String message) {
    this(Reason.BROKEN_OFF, message, null);
  }

  /** Creates the failure of a transfer that broke off. */
  public ResultFetchException(String message, Throwable cause) {
    this(Reason.BROKEN_OFF, message, cause);
  }

  /**
   * Creates a failure.
   *
   * @param message for operators; it never contains the whole address, which may have a signature
   * @param cause may be null
   */
  public ResultFetchException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }
}
