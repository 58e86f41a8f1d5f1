package io.maquette.admin.web;

import io.maquette.admin.BulkScope;
import io.maquette.admin.Intervention;
import io.maquette.admin.Owners;
import io.maquette.admin.ProviderStates;
import io.maquette.admin.TaskSearch;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestBody;
import io.maquette.http.RequestFields;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import java.util.EnumSet;

/**
 * Body of {@code POST /api/admin/tasks/bulk}; it selects tasks by the filters of the list.
 *
 * @param action action to perform, a name of {@link Intervention}
 * @param maker provider of the models, if the action changes the provider
 */
@RequestBody
public record BulkRequest(
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
   * Returns the bulk action.
   *
   * @throws ProblemException if the action is unknown, or no provider of models has this name
   */
  public BulkScope.Order order(ProviderStates providers) {
    Intervention what =
        RequestFields.oneOf(
            EnumSet.allOf(Intervention.class), "action", action == null ? "" : action);
    if (what != Intervention.CHANGE_PROVIDER) {
      return new BulkScope.Order(what, null);
    }
    return new BulkScope.Order(
        what,
        providers
            .modelProvider(maker == null ? "" : maker)
            .orElseThrow(() -> ProblemException.ofField("maker", "invalid.model-provider")));
  }

  TaskSearch search(Owners owners) {
    return new SearchFields(status, modelStatus, stage, provider, user, code, from, before, q)
        .search(owners);
  }
}
