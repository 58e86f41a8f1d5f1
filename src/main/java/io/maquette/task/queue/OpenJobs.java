package io.maquette.task.queue;

import io.maquette.option.ModelOptions;
import io.maquette.persistence.Sql;
import io.maquette.task.ModelStatus;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.TaskRepository;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Bulk claims on unclaimed tasks that have an open provider job. The tasks are not loaded, because
 * only their leases change. A slow provider has thousands of them, and each is claimed for every
 * poll until its job is done.
 */
final class OpenJobs {

  private static final String CLAIMS =
      "select t.id, t.owner, t.fence + 1, t.failed_attempts, t.model_generation_started_at,"
          + " t.trace, m.provider, m.api_task_id, m.status, m.progress, t.model_options from task t join task_model"
          + " m on m.task_id = t.id where t.leased_by is null and m.api_task_id is not null and"
          + " t.id in ";

  private static final String LEASE =
      "update task set leased_by = ?, due_at = ?, fence = fence + 1, version = version + 1"
          + " where id in ";

  private final EntityManager entities;

  OpenJobs(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Claims the given tasks that are unclaimed and have an open provider job.
   *
   * @param tasks ids of tasks in MODEL_GENERATING, which are locked
   * @param node node that claims them
   * @param until end of the leases
   * @return the claims
   */
  List<PollClaim> claim(List<UUID> tasks, String node, Instant until) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    List<UUID> asked = TaskRepository.padded(tasks);
    List<PollClaim> claims =
        Sql.rows(
            entities,
            CLAIMS + TaskRepository.places(asked),
            asked,
            columns ->
                new PollClaim(
                    new TaskClaim.ClaimedTask(
                        columns.getObject(1, UUID.class),
                        columns.getString(2),
                        columns.getLong(3),
                        columns.getInt(4),
                        columns.getObject(5, OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(columns.getString(6))),
                    new TaskClaim.Job(columns.getString(7), columns.getString(8)),
                    new TaskClaim.KnownState(
                        ModelStatus.valueOf(columns.getString(9)), columns.getInt(10)),
                    ModelOptions.ofJson(columns.getString(11))));
    if (!claims.isEmpty()) {
      List<UUID> taken = TaskRepository.padded(claims.stream().map(PollClaim::taskId).toList());
      List<Object> parameters = new ArrayList<>(List.of(node, until));
      parameters.addAll(taken);
      Sql.update(entities, LEASE + TaskRepository.places(taken), parameters);
    }
    return claims;
  }
}
