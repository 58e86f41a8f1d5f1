package io.maquette.security;

import jakarta.ejb.ApplicationException;
import java.time.Duration;

/** Rejection of a sign-in or of a change to an account or its keys. The transaction rolls back. */
@ApplicationException(rollback = true)
public abstract sealed class AccountException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private AccountException(String what) {
    super(what);
  }

  /** An account with this e-mail exists. */
  public static final class EmailTaken extends AccountException {
    private static final long serialVersionUID = 1L;

    EmailTaken(String email) {
      super(email);
    }
  }

  /** No operator would remain. */
  public static final class LastOperator extends AccountException {
    private static final long serialVersionUID = 1L;

    LastOperator(String account) {
      super(account);
    }
  }

  /** The account is external, so it has no password here. */
  public static final class External extends AccountException {
    private static final long serialVersionUID = 1L;

    External(String account) {
      super(account);
    }
  }

  /** The account has the maximum number of keys. */
  public static final class TooManyKeys extends AccountException {
    private static final long serialVersionUID = 1L;

    TooManyKeys(int keys) {
      super(keys + " keys");
    }
  }

  /** The password is wrong, there is no such account, or the account is disabled. */
  public static final class WrongPassword extends AccountException {
    private static final long serialVersionUID = 1L;

    WrongPassword() {
      super("wrong e-mail or password");
    }
  }

  /** Too many sign-in attempts failed for this account or from this address. */
  public static final class TooManyAttempts extends AccountException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    TooManyAttempts(Duration retryAfter) {
      super("too many attempts");
      this.retryAfter = retryAfter;
    }

    /** Returns the waiting time until the next attempt is permitted. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }
}
