package io.maquette.operation.web;

import io.maquette.access.Audit;
import io.maquette.operation.Owners;
import io.maquette.platform.http.ProblemException;
import io.maquette.platform.http.RequestBody;
import io.maquette.platform.http.VisibleText;
import io.maquette.task.Intervention;
import io.maquette.task.TaskSearch;

/**
 * The body of {@code POST /api/admin/tasks/bulk}; which tasks are meant is said as in the list.
 *
 * @param action what shall be done to them
 */
@RequestBody
public record BulkOrder(
    String action,
    String status,
    String modelStatus,
    String stage,
    String provider,
    String user,
    String code,
    String from,
    String before,
    String q,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {

  private static final String CHOICE = "CANCEL, RETRY_IMAGES, RETRY_MODEL, RELEASE_LEASE, DELETE";

  /**
   * What shall be done.
   *
   * @throws ProblemException if that is not to be done to many
   */
  public Intervention what() {
    if (action == null || !CHOICE.matches("(.*, )?\\Q" + action + "\\E(, .*)?")) {
      throw ProblemException.ofField("action", "invalid.status", CHOICE);
    }
    return Intervention.valueOf(action);
  }

  TaskSearch search(Owners owners) {
    return new SearchFields(status, modelStatus, stage, provider, user, code, from, before, q)
        .search(owners);
  }
}
