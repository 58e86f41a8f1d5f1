package io.maquette.task.web;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.task.TaskAction;
import io.maquette.task.TaskException;
import io.maquette.task.TaskStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Exception mappers that turn refusals of tasks into problem responses. */
public final class TaskProblems {

  private static final String RETRY_SECONDS = "30";

  private TaskProblems() {}

  /** Details of a refusal by status: the current status and the allowed actions. */
  public record StateDetails(TaskStatus currentStatus, List<TaskAction> allowedActions) {}

  /** Maps a refusal because of the status. */
  @Provider
  public static class OfState implements ExceptionMapper<TaskException.InvalidState> {
    @Override
    public Response toResponse(TaskException.InvalidState e) {
      return of(
              ProblemCode.INVALID_STATE,
              Messages.ofRequest().get("status." + e.currentStatus()),
              new StateDetails(e.currentStatus(), List.copyOf(e.allowedActions())))
          .build();
    }
  }

  /** Maps a request for a task that this user does not have. */
  @Provider
  public static class OfAbsence implements ExceptionMapper<TaskException.NotFound> {
    @Override
    public Response toResponse(TaskException.NotFound e) {
      return of(ProblemCode.NOT_FOUND, "", null).build();
    }
  }

  /** Maps a picture index that the task does not have. */
  @Provider
  public static class OfPicture implements ExceptionMapper<TaskException.UnknownPicture> {

    @Context private HttpServletRequest request;

    @Override
    public Response toResponse(TaskException.UnknownPicture e) {
      boolean isChoice = request.getMethod().equals(HttpMethod.PATCH);
      String field = isChoice ? "selectedImageIndex" : "imageIndex";
      return ProblemException.ofField(field, "invalid.image").problem().toResponse().build();
    }
  }

  /** Maps a reached limit of waiting tasks, of this user or of all users. */
  @Provider
  public static class OfQueue implements ExceptionMapper<TaskException.QueueFull> {
    @Override
    public Response toResponse(TaskException.QueueFull e) {
      return of(e.isOfUser() ? ProblemCode.RATE_LIMITED : ProblemCode.QUEUE_FULL, "", null)
          .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
          .build();
    }
  }

  /** Maps a reached daily limit of a user. */
  @Provider
  public static class OfDay implements ExceptionMapper<TaskException.DailyLimit> {
    @Override
    public Response toResponse(TaskException.DailyLimit e) {
      return Problem.of(
              ProblemCode.RATE_LIMITED, Messages.ofRequest().get("problem.daily-limit"), null)
          .toResponse()
          .header(HttpHeaders.RETRY_AFTER, e.retryAfter().toSeconds() + 1)
          .build();
    }
  }

  /** Maps an idempotency key that was used for another request. */
  @Provider
  public static class OfIdempotency implements ExceptionMapper<TaskException.IdempotencyConflict> {
    @Override
    public Response toResponse(TaskException.IdempotencyConflict e) {
      return of(ProblemCode.IDEMPOTENCY_CONFLICT, "", null).build();
    }
  }

  private static Response.ResponseBuilder of(ProblemCode code, String argument, Object details) {
    return Problem.of(code, Messages.ofRequest().get("problem." + code, argument), details)
        .toResponse();
  }
}
