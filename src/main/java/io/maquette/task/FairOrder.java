package io.maquette.task;

/**
 * Fair order of the tasks that wait for a model provider: round-robin between users, each with
 * their oldest task first. The more open provider jobs and earlier queued tasks a user has, the
 * later the user's next task starts.
 */
public final class FairOrder {

  /**
   * Selects waiting tasks with their {@code turn}; conditions on {@code t} may follow. A user's
   * open provider jobs count before the user's waiting tasks. One window function ranks both; with
   * a join, the database might recount the open jobs for every waiting task.
   */
  public static final String WAITING =
      "select t.id, t.due_at, t.turn from (select id, due_at, status, row_number() over"
          + " (partition by owner order by case status when 'MODEL_GENERATING' then 0 else 1 end,"
          + " due_at, id) as turn from task where status in ('MODEL_GENERATING', 'MODEL_PENDING')"
          + ") t where t.status = 'MODEL_PENDING'";

  /** Sort order of the waiting tasks. */
  public static final String ORDER = "turn, due_at, id";

  private FairOrder() {}
}
