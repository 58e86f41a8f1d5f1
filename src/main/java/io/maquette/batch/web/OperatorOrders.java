package io.maquette.batch.web;

import io.maquette.batch.OrderedBy;
import io.maquette.security.Audit;
import io.maquette.security.CurrentUser;
import io.maquette.security.Operator;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** Orders of the calling operator, from the API or the console; they are audited. */
@RequestScoped
public class OperatorOrders {

  @Inject private Audit audit;
  @Inject private CurrentUser user;

  /** Creates the order to start a run. */
  public OrderedBy start(String reason) {
    return by("batch-start", reason);
  }

  /** Creates the order to stop a run. */
  public OrderedBy stop(String reason) {
    return by("batch-stop", reason);
  }

  /** Creates the order to restart a run. */
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
