package io.maquette.batch.web;

import io.maquette.batch.FailureFilter;
import io.maquette.batch.RedriveOrder;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestBody;
import io.maquette.http.RequestFields;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import io.maquette.task.FailureCode;
import io.maquette.task.Stage;

/**
 * The body of {@code POST /api/admin/batch/redrive}; what is null is not asked for.
 *
 * @param stage the stage that failed
 * @param code why
 * @param provider who was called last in that stage
 * @param owner whose tasks
 * @param from failed then or later
 * @param before failed earlier
 * @param retry which stage to begin again with; null for the one that failed
 */
@RequestBody
public record StartRedrive(
    String stage,
    String code,
    String provider,
    String owner,
    String from,
    String before,
    String retry,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {

  /**
   * What it asks for.
   *
   * @throws ProblemException if something is not acceptable
   */
  public RedriveOrder order() {
    return new RedriveOrder(
        new FailureFilter(
            RequestFields.oneOf(Stage.class, "stage", stage),
            RequestFields.oneOf(FailureCode.class, "code", code),
            Fields.name("provider", provider),
            Fields.name("owner", owner),
            RequestFields.time("from", from),
            RequestFields.time("before", before)),
        RequestFields.oneOf(Stage.class, "retry", retry));
  }
}
