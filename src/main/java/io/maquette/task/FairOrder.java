package io.maquette.task;

/**
 * Whose turn it is at the model provider: users take turns, each with their oldest task. Somebody's
 * turn comes the later, the more jobs of theirs are open or wait before.
 */
public final class FairOrder {

  /**
   * Waiting tasks with their {@code turn}; conditions on {@code t} may follow. A user's open jobs
   * go before what waits, so that one look at both will do: joined, the jobs might be counted anew
   * for every task that waits.
   */
  public static final String WAITING =
      "select t.id, t.due_at, t.turn from (select id, due_at, status, row_number() over"
          + " (partition by owner order by case status when 'MODEL_GENERATING' then 0 else 1 end,"
          + " due_at, id) as turn from task where status in ('MODEL_GENERATING', 'MODEL_PENDING')"
          + ") t where t.status = 'MODEL_PENDING'";

  /** What the waiting ones are ordered by. */
  public static final String ORDER = "turn, due_at, id";

  private FairOrder() {}
}
