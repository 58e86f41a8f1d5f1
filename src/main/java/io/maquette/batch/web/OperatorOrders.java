package io.maquette.batch.web;

import io.maquette.batch.OrderedBy;
import io.maquette.security.Audit;
import io.maquette.security.CurrentUser;
import io.maquette.security.Operator;
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
