package io.maquette.operation.web;

import io.maquette.access.Audit;
import io.maquette.operation.Owners;
import io.maquette.platform.http.ProblemException;
import io.maquette.platform.http.RequestBody;
import io.maquette.platform.http.RequestFields;
import io.maquette.platform.http.VisibleText;
import io.maquette.task.Intervention;
import io.maquette.task.TaskSearch;
import java.util.EnumSet;
import java.util.Set;

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

  /** A provider has room for few: that is changed one after the other. */
  private static final Set<Intervention> CHOICE =
      EnumSet.complementOf(EnumSet.of(Intervention.CHANGE_PROVIDER));

  /**
   * What shall be done.
   *
   * @throws ProblemException if that is not to be done to many
   */
  public Intervention what() {
    return RequestFields.oneOf(CHOICE, "action", action == null ? "" : action);
  }

  TaskSearch search(Owners owners) {
    return new SearchFields(status, modelStatus, stage, provider, user, code, from, before, q)
        .search(owners);
  }
}
