package io.maquette.task.submission;

import io.maquette.persistence.NewRows;
import io.maquette.persistence.Sql;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskRepository;
import jakarta.persistence.EntityManager;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ledger rows of one transaction, written in bulk; everything else reads and changes them as
 * entities. Together with the rows of {@link TaskRepository} this saves 6.6 statements per task
 * ({@code docs/performance.md}).
 */
public final class CallRows {

  private static final NewRows<ProviderCall> ROWS =
      new NewRows<ProviderCall>("provider_call")
          .column("id", ProviderCall::id)
          .column("task_id", ProviderCall::taskId)
          .column("stage", ProviderCall::stage)
          .column("image_index", Types.INTEGER, ProviderCall::imageIndex)
          .column("attempt", ProviderCall::attempt)
          .column("provider", ProviderCall::provider)
          .column("node", ProviderCall::node)
          .column("reason", Types.VARCHAR, ProviderCall::reason)
          .column("options", Types.VARCHAR, ProviderCall::options)
          .column("outcome", ProviderCall::outcome)
          .column("late", ProviderCall::isLate)
          .column("submitted_at", ProviderCall::submittedAt);

  private final EntityManager entities;

  public CallRows(EntityManager entities) {
    this.entities = entities;
  }

  /** Inserts the rows of submissions that are about to be sent. */
  public void add(List<ProviderCall> calls) {
    ROWS.add(entities, calls);
  }

  /**
   * Marks submissions as accepted like {@link ProviderCall#accepted}, in one statement and without
   * loading them.
   *
   * @param accepted submissions with different rows; may be empty
   * @throws IllegalStateException if one has no row
   */
  public void accepted(List<AcceptedSubmission> accepted, Instant at) {
    if (accepted.isEmpty()) {
      return;
    }
    List<AcceptedSubmission> padded = TaskRepository.padded(accepted);
    String ids = " case id" + " when ? then cast(? as varchar(200))".repeat(padded.size()) + " end";
    List<Object> parameters = new ArrayList<>();
    parameters.add(at);
    for (AcceptedSubmission call : padded) {
      parameters.add(call.call());
      parameters.add(call.jobId());
    }
    for (AcceptedSubmission call : padded) {
      parameters.add(call.call());
      parameters.add(call.requestId());
    }
    padded.forEach(call -> parameters.add(call.call()));
    int written =
        Sql.update(
            entities,
            "update provider_call set outcome = 'ACCEPTED', error = null, answered_at ="
                + " greatest(submitted_at, cast(? as timestamp(6) with time zone)), job_id ="
                + ids
                + ", request_id ="
                + ids
                + " where id in "
                + TaskRepository.places(padded),
            parameters);
    if (written != accepted.size()) {
      throw new IllegalStateException(
          accepted.size() + " submissions were taken, and " + written + " have rows");
    }
  }

  /** Deletes the {@link PaidResults} rows of results that are stored now. */
  public void stored(List<AcceptedSubmission> accepted) {
    List<Long> calls =
        accepted.stream()
            .filter(AcceptedSubmission::wasPaid)
            .map(AcceptedSubmission::call)
            .toList();
    if (!calls.isEmpty()) {
      List<Long> padded = TaskRepository.padded(calls);
      Sql.update(
          entities,
          "delete from paid_result where call_id in " + TaskRepository.places(padded),
          padded);
    }
  }

  /** Deletes the {@link PaidResults} row of a provider job whose result is stored now. */
  public void stored(TaskClaim.Job job) {
    Sql.update(
        entities,
        "delete from paid_result where call_id in"
            + " (select id from provider_call where provider = ? and job_id = ?)",
        List.of(job.provider(), job.id()));
  }

  /** Returns the submission of a provider job; empty if its ledger row was never completed. */
  public Stream<ProviderCall> ofJob(TaskClaim.Job job) {
    return SubmissionLedger.ofJob(entities, job);
  }
}
