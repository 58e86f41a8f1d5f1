package io.maquette.admin;

import io.maquette.security.Audit;
import io.maquette.security.Operator;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.UUID;

/** What operators do to a task, with what is kept of it; each call is one transaction. */
@Stateless
public class TaskActions {

  @Inject private OperatorTaskService interventions;
  @Inject private Audit audit;

  /** Required by the container. */
  public TaskActions() {}

  TaskActions(OperatorTaskService interventions, Audit audit) {
    this.interventions = interventions;
    this.audit = audit;
  }

  /**
   * Does something to a task.
   *
   * @param what anything but {@link Intervention#CHANGE_PROVIDER}
   * @param reason in the operator's own words, at most {@link Audit#MAX_REASON} characters
   * @throws io.maquette.task.TaskNotFoundException if there is no such task
   * @throws io.maquette.task.InvalidStateException if the task's status does not allow it
   * @throws io.maquette.task.InterventionRefusedException if it cannot be done for another reason
   */
  public OperatorTaskService.Done intervene(
      Intervention what, UUID task, Operator operator, String reason) {
    return kept(
        what, task, operator, reason, interventions.intervene(what, task, operator.actor()));
  }

  /**
   * Has a task's model made by a provider, from now on or again.
   *
   * @param maker one that makes models
   * @throws io.maquette.task.TaskNotFoundException as {@link #intervene}
   * @throws io.maquette.task.InvalidStateException as {@link #intervene}
   * @throws io.maquette.task.InterventionRefusedException as {@link #intervene}
   */
  public OperatorTaskService.Done changeProvider(
      UUID task, ProviderState maker, Operator operator, String reason) {
    return kept(
        Intervention.CHANGE_PROVIDER,
        task,
        operator,
        reason,
        interventions.changeProvider(task, maker.name(), maker.openJobsLimit(), operator.actor()));
  }

  /** Keeps that something is about to be done to many tasks, each of which is kept as well. */
  public void announce(
      BulkScope.Order order, TaskSearch search, int tasks, Operator operator, String reason) {
    String maker = order.maker() == null ? null : order.maker().name();
    audit.write(
        operator,
        "BULK_" + order.what(),
        "tasks",
        reason,
        search,
        new BulkScope.Meant(tasks, maker));
  }

  private OperatorTaskService.Done kept(
      Intervention what, UUID task, Operator by, String reason, OperatorTaskService.Done done) {
    audit.write(by, what.name(), "task:" + task, reason, done.before(), done.after());
    return done;
  }
}
