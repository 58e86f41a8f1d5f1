package io.maquette.access.web;

import io.maquette.access.Caller;
import io.maquette.access.CurrentUser;
import io.maquette.platform.http.ProblemCode;
import io.maquette.platform.http.ProblemException;

/** What only people may do who have signed in, and no program on their behalf. */
final class SignedIn {

  private SignedIn() {}

  /**
   * Who has signed in.
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
