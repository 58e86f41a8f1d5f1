package io.maquette.admin.web;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.task.TaskException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Exception mappers that turn rejections of operator actions into problem responses. */
public final class OperationProblems {

  private OperationProblems() {}

  /** Reason in JSON, as a name for programs. */
  public record Why(TaskException.InterventionRefused.Reason reason) {}

  /** A rule of the task forbids the action now. */
  @Provider
  public static class OfTask implements ExceptionMapper<TaskException.InterventionRefused> {
    @Override
    public Response toResponse(TaskException.InterventionRefused e) {
      return Problem.of(
              ProblemCode.INVALID_STATE,
              Messages.ofRequest().get("problem.intervention." + e.reason()),
              new Why(e.reason()))
          .toResponse()
          .build();
    }
  }
}
