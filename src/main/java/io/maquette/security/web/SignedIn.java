package io.maquette.security.web;

import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.security.Caller;
import io.maquette.security.CurrentUser;

/**
 * Check for actions that only a signed-in person may perform, not a program with a key or token.
 */
final class SignedIn {

  private SignedIn() {}

  /**
   * Returns the signed-in caller.
   *
   * @throws ProblemException UNAUTHENTICATED for the development user, who has no account;
   *     FORBIDDEN for keys and tokens
   */
  static Caller caller(CurrentUser user) {
    Caller caller = user.caller();
    return switch (caller.by()) {
      case SESSION -> caller;
      case NONE -> throw new ProblemException(ProblemCode.UNAUTHENTICATED);
      case KEY, TOKEN -> throw new ProblemException(ProblemCode.FORBIDDEN);
    };
  }
}
