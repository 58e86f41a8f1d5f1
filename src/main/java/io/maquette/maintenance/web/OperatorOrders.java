package io.maquette.maintenance.web;

import io.maquette.access.Audit;
import io.maquette.access.CurrentUser;
import io.maquette.access.Operator;
import io.maquette.maintenance.OrderedBy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** What the operator who is calling orders, by the API or in the console; it is audited. */
@RequestScoped
public class OperatorOrders {

  @Inject private Audit audit;
  @Inject private CurrentUser user;

  /** That a run begins. */
  public OrderedBy start(String reason) {
    return by("batch-start", reason);
  }

  /** That a run ends. */
  public OrderedBy stop(String reason) {
    return by("batch-stop", reason);
  }

  /** That a run goes on. */
  public OrderedBy startAgain(String reason) {
    return by("batch-restart", reason);
  }

  private OrderedBy by(String action, String reason) {
    Operator operator = user.operator();
    return new OrderedBy(
        operator.actor(),
        run ->
            audit.write(operator, action, "batch-run:" + run.id(), reason, null, RunView.of(run)));
  }
}
