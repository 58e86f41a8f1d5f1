package io.maquette.task;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The submissions that one transaction speaks of, several at once. */
final class CallRows {

  private static final NewRows<ProviderCall> ROWS =
      new NewRows<ProviderCall>("provider_call")
          .column("id", ProviderCall::id)
          .column("task_id", ProviderCall::taskId)
          .column("stage", call -> call.stage().name())
          .column("image_index", Types.INTEGER, ProviderCall::imageIndex)
          .column("attempt", ProviderCall::attempt)
          .column("provider", ProviderCall::provider)
          .column("node", ProviderCall::node)
          .column("reason", Types.VARCHAR, ProviderCall::reason)
          .column("outcome", call -> call.outcome().name())
          .column("late", ProviderCall::isLate)
          .column("submitted_at", call -> call.submittedAt().atOffset(ZoneOffset.UTC));

  private final EntityManager entities;

  CallRows(EntityManager entities) {
    this.entities = entities;
  }

  /** Adds those that are about to be made. */
  void add(List<ProviderCall> calls) {
    ROWS.add(entities, calls);
  }

  /**
   * Completes those that providers have taken as {@link ProviderCall#accepted} does, but all in one
   * statement and without reading them.
   *
   * @param accepted of different rows; may be empty
   * @throws IllegalStateException if one has no row
   */
  void accepted(List<Accepted> accepted, Instant at) {
    if (accepted.isEmpty()) {
      return;
    }
    List<Accepted> padded = TaskRows.padded(accepted);
    String ids = " case id" + " when ? then cast(? as varchar(200))".repeat(padded.size()) + " end";
    Query update =
        entities.createNativeQuery(
            "update provider_call set outcome = 'ACCEPTED', error = null, answered_at ="
                + " greatest(submitted_at, cast(? as timestamp(6) with time zone)), job_id ="
                + ids
                + ", request_id ="
                + ids
                + " where id in (?"
                + ", ?".repeat(padded.size() - 1)
                + ")");
    int last = 1;
    update.setParameter(last++, at.atOffset(ZoneOffset.UTC));
    for (Accepted call : padded) {
      update.setParameter(last++, call.call());
      update.setParameter(last++, call.jobId());
    }
    for (Accepted call : padded) {
      update.setParameter(last++, call.call());
      update.setParameter(last++, call.requestId());
    }
    for (Accepted call : padded) {
      update.setParameter(last++, call.call());
    }
    int written = update.executeUpdate();
    if (written != accepted.size()) {
      throw new IllegalStateException(
          accepted.size() + " submissions were taken, and " + written + " have rows");
    }
  }

  /** The submission a job came from; none where its row was never completed. */
  Stream<ProviderCall> ofJob(Claim.Job job) {
    return Ledger.ofJob(entities, job);
  }
}
