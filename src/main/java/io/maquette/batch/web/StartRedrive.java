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
 * Body of {@code POST /api/admin/batch/redrive}; null matches every task.
 *
 * @param stage failed stage
 * @param code reason of the failure
 * @param provider provider of the last submission in that stage
 * @param owner owner of the tasks
 * @param from earliest time of the failure, inclusive
 * @param before latest time of the failure, exclusive
 * @param retry stage to retry; null for the failed stage
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
   * Returns the order.
   *
   * @throws ProblemException if a field is invalid
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
