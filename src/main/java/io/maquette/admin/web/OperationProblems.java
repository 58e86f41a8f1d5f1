package io.maquette.admin.web;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.task.InterventionRefusedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What tasks refuse operators alone, as problems. */
public final class OperationProblems {

  private OperationProblems() {}

  /** Why not, as a name for programs. */
  public record Why(InterventionRefusedException.Reason reason) {}

  /** It cannot be done to the task now. */
  @Provider
  public static class OfTask implements ExceptionMapper<InterventionRefusedException> {
    @Override
    public Response toResponse(InterventionRefusedException e) {
      return Problem.of(
              ProblemCode.INVALID_STATE,
              Messages.ofRequest().get("problem.intervention." + e.reason()),
              new Why(e.reason()))
          .toResponse()
          .build();
    }
  }
}
