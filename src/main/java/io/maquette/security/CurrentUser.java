package io.maquette.security;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.security.web.CallerAuthenticationMechanism;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who is calling; {@link CallerAuthenticationMechanism} has found it out. */
@RequestScoped
public class CurrentUser {

  @Inject private HttpServletRequest request;

  /**
   * The name tasks are owned under.
   *
   * @throws ProblemException as {@link #caller}
   */
  public String name() {
    return caller().owner();
  }

  /** Who it is, where that is known. */
  public Optional<Caller> find() {
    return Optional.ofNullable(Identity.of(request).caller());
  }

  /**
   * Who it is.
   *
   * @throws ProblemException if that is not known: UNAUTHENTICATED; FORBIDDEN where this machine
   *     alone is served; UNAVAILABLE while the database is away
   */
  public Caller caller() {
    Identity identity = Identity.of(request);
    if (identity.caller() == null) {
      throw refusal(identity.obstacle());
    }
    return identity.caller();
  }

  /**
   * The operator who is calling, for what is audited.
   *
   * @throws ProblemException as {@link #caller}; FORBIDDEN if it is no operator. Whom a development
   *     set-up takes for the development user is asked to sign in instead
   */
  public Operator operator() {
    Caller caller = caller();
    if (!caller.isOperator()) {
      throw new ProblemException(
          caller.account() == null ? ProblemCode.UNAUTHENTICATED : ProblemCode.FORBIDDEN);
    }
    return new Operator(caller.account(), caller.name(), ClientAddress.of(request));
  }

  /** Why not even pages are shown: a development set-up serves its own machine alone. */
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
