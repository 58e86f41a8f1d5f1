package io.maquette.batch.web;

import io.maquette.batch.BatchException;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Exception mapper that turns rejections of batch jobs into problem responses. */
@Provider
public class BatchProblems implements ExceptionMapper<BatchException> {

  @Override
  public Response toResponse(BatchException e) {
    return problem(e).toResponse().build();
  }

  private static Problem problem(BatchException e) {
    Messages texts = Messages.ofRequest();
    if (e instanceof BatchException.JobActive active) {
      return Problem.of(
          ProblemCode.INVALID_STATE,
          texts.get("problem.job-active", Long.toString(active.run())),
          Map.of("run", active.run()));
    }
    if (e instanceof BatchException.WrongStatus wrong) {
      return Problem.of(
          ProblemCode.INVALID_STATE,
          texts.get("problem.run-state", texts.get("console.run.status." + wrong.status())),
          Map.of("status", wrong.status().name()));
    }
    if (e instanceof BatchException.InvalidPromptFile file) {
      return ProblemException.ofFields(fields(file)).problem();
    }
    return new ProblemException(ProblemCode.NOT_FOUND).problem(); // no such run
  }

  private static List<Problem.FieldProblem> fields(BatchException.InvalidPromptFile file) {
    List<Problem.FieldProblem> fields = new ArrayList<>();
    fields.add(new Problem.FieldProblem("file", file.getMessage()));
    file.lines()
        .forEach(
            line -> fields.add(new Problem.FieldProblem("line " + line.number(), line.problem())));
    return fields;
  }
}
