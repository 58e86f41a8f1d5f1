package io.maquette.task;

/**
 * Whose turn it is at the model provider: users take turns, each with their oldest task. Somebody's
 * turn comes the later, the more jobs of theirs are open or wait before.
 */
final class Turns {

  /** Waiting tasks with their {@code turn}; conditions on {@code t} may follow. */
  static final String WAITING =
      "select t.id, t.due_at, row_number() over (partition by t.owner order by t.due_at, t.id)"
          + " + coalesce(r.jobs, 0) as turn"
          + " from task t left join (select owner, count(*) as jobs from task"
          + " where status = 'MODEL_GENERATING' group by owner) r on r.owner = t.owner"
          + " where t.status = 'MODEL_PENDING'";

  /** What the waiting ones are ordered by. */
  static final String ORDER = "turn, due_at, id";

  private Turns() {}
}
