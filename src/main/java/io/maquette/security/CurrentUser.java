package io.maquette.security;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Caller of the current request, as {@code CallerAuthenticationMechanism} has identified it. */
@RequestScoped
public class CurrentUser {

  @Inject private HttpServletRequest request;

  /**
   * Returns the name under which the caller's tasks are stored.
   *
   * @throws ProblemException as {@link #caller}
   */
  public String name() {
    return caller().owner();
  }

  /** Returns the caller; empty if the request is not authenticated. */
  public Optional<Caller> find() {
    return Optional.ofNullable(Identity.of(request).caller());
  }

  /**
   * Returns the caller.
   *
   * @throws ProblemException if no caller is known: UNAUTHENTICATED; FORBIDDEN where only requests
   *     from localhost are accepted; UNAVAILABLE while the database does not answer
   */
  public Caller caller() {
    Identity identity = Identity.of(request);
    if (identity.caller() == null) {
      throw refusal(identity.obstacle());
    }
    return identity.caller();
  }

  /**
   * Returns the caller, for actions that only a signed-in person may perform.
   *
   * @throws ProblemException as {@link #caller}; UNAUTHENTICATED for the development user, who has
   *     no account; FORBIDDEN for a program with a key or token
   */
  public Caller signedIn() {
    Caller caller = caller();
    return switch (caller.by()) {
      case SESSION -> caller;
      case NONE -> throw new ProblemException(ProblemCode.UNAUTHENTICATED);
      case KEY, TOKEN -> throw new ProblemException(ProblemCode.FORBIDDEN);
    };
  }

  /**
   * Returns the calling operator, for audited actions.
   *
   * @throws ProblemException as {@link #caller}; FORBIDDEN if the caller is not an operator;
   *     UNAUTHENTICATED for the development user, who can sign in as an operator
   */
  public Operator operator() {
    Caller caller = caller();
    if (!caller.isOperator()) {
      throw new ProblemException(
          caller.account() == null ? ProblemCode.UNAUTHENTICATED : ProblemCode.FORBIDDEN);
    }
    return new Operator(caller.account(), caller.name(), ClientAddress.of(request));
  }

  /** Returns the problem that blocks even pages: in {@code dev} mode only localhost is served. */
  public Optional<Problem> barrier() {
    return Identity.of(request).obstacle() == Identity.Obstacle.REMOTE
        ? Optional.of(remote())
        : Optional.empty();
  }

  private ProblemException refusal(Identity.Obstacle obstacle) {
    return switch (obstacle) {
      case NO_CREDENTIAL -> new ProblemException(ProblemCode.UNAUTHENTICATED);
      case DATABASE -> new ProblemException(ProblemCode.UNAVAILABLE);
      case REMOTE -> new ProblemException(remote());
    };
  }

  private Problem remote() {
    Messages texts = Messages.ofRequest();
    String detail =
        ClientAddress.whyNotThisMachine(request)
            .flatMap(ClientAddress.Elsewhere::header)
            .map(header -> texts.get("problem.remote-header", header))
            .orElseGet(() -> texts.get("problem.remote"));
    return Problem.of(ProblemCode.FORBIDDEN, detail, null);
  }
}
