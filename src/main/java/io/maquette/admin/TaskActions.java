package io.maquette.admin;

import io.maquette.security.Audit;
import io.maquette.security.Operator;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.UUID;

/** Transactional service for audited operator actions on one task. */
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
   * Performs an action without parameters.
   *
   * @param what any action except {@link Intervention#CHANGE_PROVIDER}
   * @param reason the operator's reason, at most {@link Audit#MAX_REASON} characters
   * @throws io.maquette.task.TaskException.NotFound if the task does not exist
   * @throws io.maquette.task.TaskException.InvalidState if the task's status forbids the action
   * @throws io.maquette.task.TaskException.InterventionRefused if another rule forbids the action
   */
  public OperatorTaskService.Done intervene(
      Intervention what, UUID task, Operator operator, String reason) {
    return kept(
        what, task, operator, reason, interventions.intervene(what, task, operator.actor()));
  }

  /**
   * Moves the task's model to a provider.
   *
   * @param maker provider of models
   * @throws io.maquette.task.TaskException.NotFound as {@link #intervene}
   * @throws io.maquette.task.TaskException.InvalidState as {@link #intervene}
   * @throws io.maquette.task.TaskException.InterventionRefused as {@link #intervene}
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

  /** Audits the start of a bulk action; each of its tasks is audited as well. */
  public void announce(
      BulkScope.Order order, TaskSearch search, int tasks, Operator operator, String reason) {
    String maker = order.maker() == null ? null : order.maker().name();
    audit.write(
        operator,
        "BULK_" + order.what(),
        "tasks",
        reason,
        search,
        new BulkScope.Announced(tasks, maker));
  }

  private OperatorTaskService.Done kept(
      Intervention what, UUID task, Operator by, String reason, OperatorTaskService.Done done) {
    audit.write(by, what.name(), "task:" + task, reason, done.before(), done.after());
    return done;
  }
}
