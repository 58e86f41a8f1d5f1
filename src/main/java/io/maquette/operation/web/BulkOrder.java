package io.maquette.operation.web;

import io.maquette.access.Audit;
import io.maquette.operation.Bulk;
import io.maquette.operation.Owners;
import io.maquette.operation.ProviderStates;
import io.maquette.platform.http.ProblemException;
import io.maquette.platform.http.RequestBody;
import io.maquette.platform.http.RequestFields;
import io.maquette.platform.http.VisibleText;
import io.maquette.task.Intervention;
import io.maquette.task.TaskSearch;
import java.util.EnumSet;

/**
 * The body of {@code POST /api/admin/tasks/bulk}; which tasks are meant is said as in the list.
 *
 * @param action what shall be done to them
 * @param maker who shall make the models, where the provider is to be changed
 */
@RequestBody
public record BulkOrder(
    String action,
    String maker,
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

  /**
   * What shall be done.
   *
   * @throws ProblemException if there is no such action, or none who makes models by this name
   */
  public Bulk.Order order(ProviderStates providers) {
    Intervention what =
        RequestFields.oneOf(
            EnumSet.allOf(Intervention.class), "action", action == null ? "" : action);
    if (what != Intervention.CHANGE_PROVIDER) {
      return new Bulk.Order(what, null);
    }
    return new Bulk.Order(
        what,
        providers
            .modelMaker(maker == null ? "" : maker)
            .orElseThrow(() -> ProblemException.ofField("maker", "invalid.provider")));
  }

  TaskSearch search(Owners owners) {
    return new SearchFields(status, modelStatus, stage, provider, user, code, from, before, q)
        .search(owners);
  }
}
