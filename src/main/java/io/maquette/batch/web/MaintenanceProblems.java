package io.maquette.batch.web;

import io.maquette.batch.InvalidPromptFileException;
import io.maquette.batch.JobActiveException;
import io.maquette.batch.RunNotFoundException;
import io.maquette.batch.RunStateException;
import io.maquette.batch.RunStatus;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.ArrayList;
import java.util.List;

/** Exception mappers that turn rejections of batch jobs into problem responses. */
public final class MaintenanceProblems {

  private MaintenanceProblems() {}

  /** Active run in JSON. */
  public record ActiveRun(long run) {}

  /** Status of the run in JSON. */
  public record StateOfRun(RunStatus status) {}

  /** A run of the job is active. */
  @Provider
  public static class OfActive implements ExceptionMapper<JobActiveException> {
    @Override
    public Response toResponse(JobActiveException e) {
      return Problem.of(
              ProblemCode.INVALID_STATE,
              Messages.ofRequest().get("problem.job-active", Long.toString(e.run())),
              new ActiveRun(e.run()))
          .toResponse()
          .build();
    }
  }

  /** The run's status forbids the action. */
  @Provider
  public static class OfState implements ExceptionMapper<RunStateException> {
    @Override
    public Response toResponse(RunStateException e) {
      return Problem.of(
              ProblemCode.INVALID_STATE,
              Messages.ofRequest()
                  .get(
                      "problem.run-state",
                      Messages.ofRequest().get("console.run.status." + e.status())),
              new StateOfRun(e.status()))
          .toResponse()
          .build();
    }
  }

  /** The run does not exist. */
  @Provider
  public static class OfAbsence implements ExceptionMapper<RunNotFoundException> {
    @Override
    public Response toResponse(RunNotFoundException e) {
      return new ProblemException(ProblemCode.NOT_FOUND).problem().toResponse().build();
    }
  }

  /** The file cannot be imported. */
  @Provider
  public static class OfFile implements ExceptionMapper<InvalidPromptFileException> {
    @Override
    public Response toResponse(InvalidPromptFileException e) {
      List<Problem.FieldProblem> fields = new ArrayList<>();
      fields.add(new Problem.FieldProblem("file", e.getMessage()));
      e.lines()
          .forEach(
              line ->
                  fields.add(new Problem.FieldProblem("line " + line.number(), line.problem())));
      return ProblemException.ofFields(fields).problem().toResponse().build();
    }
  }
}
