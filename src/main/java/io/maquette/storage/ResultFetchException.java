package io.maquette.storage;

import java.io.IOException;
import java.util.Objects;

/**
 * A result file could not be fetched from where it lies; our own store has nothing to do with it.
 */
public class ResultFetchException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why a file could not be fetched, which decides who can help and whether others fail, too. */
  public enum Reason {
    /** The host is neither documented by the provider nor named by the operator. */
    HOST_NOT_ALLOWED(true, true),
    /** The host resolves to an address that proxy software hands out in fake-ip mode. */
    FAKE_IP(true, true),
    /** The host resolves to an address of this machine or of a private network. */
    NOT_PUBLIC(true, true),
    /** The HTTP proxy does not let the connection through. */
    PROXY(true, true),
    /** The name cannot be resolved, or no connection can be made. */
    UNREACHABLE(false, true),
    /** The host answered, but not with the file. */
    ANSWERED(false, false),
    /** The transfer broke off or took too long. */
    BROKEN_OFF(false, false),
    /** What lies there is not what it should be: its type or its size is wrong. */
    UNUSABLE(false, false);

    private final boolean forOperator;
    private final boolean forAll;

    Reason(boolean forOperator, boolean forAll) {
      this.forOperator = forOperator;
      this.forAll = forAll;
    }

    /** Whether only an operator can help. */
    public boolean isForOperator() {
      return forOperator;
    }

    /** Whether other results of the same provider most likely fail for the same reason. */
    public boolean isForAll() {
      return forAll;
    }
  }

  private final Reason reason;

  /** A transfer that broke off. */
  public ResultFetchException(String message) {
    this(Reason.BROKEN_OFF, message, null);
  }

  /** A transfer that broke off. */
  public ResultFetchException(String message, Throwable cause) {
    this(Reason.BROKEN_OFF, message, cause);
  }

  /**
   * Any reason.
   *
   * @param message for operators; free of signatures, so it never holds the whole address
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
