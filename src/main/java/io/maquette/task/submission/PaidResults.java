package io.maquette.task.submission;

import io.maquette.persistence.Sql;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.PollClaim;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Table of results that providers have made and that are not in the store yet, with their URLs and
 * fetch failures. While such a result can still be fetched, nothing is submitted again for it. Each
 * call is one transaction.
 */
@Stateless
public class PaidResults {

  /** Statuses of the tasks that wait for results. */
  private static final String WAITS =
      " in ('IMAGE_GENERATING', 'IMAGE_EDITING', 'MODEL_GENERATING')";

  private static final String OF_PICTURE =
      "select r.call_id, c.job_id, c.request_id, r.provider, r.address, r.expires_at"
          + " from paid_result r join provider_call c on c.id = r.call_id"
          + " where r.task_id = ? and c.image_index = ? and c.submitted_at >= ?"
          + " and r.address is not null order by r.call_id desc limit 1";

  /**
   * Selects results with failed fetches. A model is wanted only while its task waits for this
   * provider job, because a task may have dropped the job.
   */
  private static final String FAILED =
      "select r.call_id, r.provider, r.address, c.job_id, case when t.status"
          + WAITS
          + " and ((r.address is not null and t.status <> 'MODEL_GENERATING')"
          + " or m.api_task_id = c.job_id)"
          + " then 1 else 0 end, r.expires_at, r.problem, r.words, r.failures, r.failed_at"
          + " from paid_result r left join provider_call c on c.id = r.call_id"
          + " left join task t on t.id = r.task_id left join task_model m on m.task_id = r.task_id"
          + " where r.failures > 0";

  private static final String UNFETCHED = FAILED + " order by r.call_id limit ?";
  private static final String UNFETCHED_CALL = FAILED + " and r.call_id = ?";

  private static final int MAX_UNFETCHED = 1_000;

  @PersistenceContext private EntityManager entities;
  @Inject private Clock clock;

  /** For the container. */
  public PaidResults() {}

  public PaidResults(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * Stores the URL of a result and marks its submission as accepted. It replaces an earlier row of
   * the same submission.
   *
   * @param lifetime how long the provider keeps the result from now on
   */
  public void note(
      TaskClaim claim,
      AcceptedSubmission accepted,
      String provider,
      String address,
      Duration lifetime) {
    Instant now = clock.instant();
    ProviderCall call = find(accepted.call());
    if (call == null) {
      return; // the submission was withdrawn meanwhile
    }
    call.accepted(accepted, now);
    fetched(accepted.call());
    Sql.update(
        entities,
        "insert into paid_result (call_id, task_id, provider, address, expires_at, failures)"
            + " values (?, ?, ?, ?, ?, 0)",
        List.of(accepted.call(), claim.taskId(), provider, address, now.plus(lifetime)));
  }

  private ProviderCall find(long call) {
    return entities.find(ProviderCall.class, call, LockModeType.PESSIMISTIC_WRITE);
  }

  /**
   * Returns the paid result of a claim's next picture that can still be fetched.
   *
   * @return empty if there is none
   */
  public Optional<PaidResult> of(TaskClaim claim) {
    return Sql.rows(
            entities,
            OF_PICTURE,
            List.of(claim.taskId(), claim.imageIndex().orElseThrow(), claim.startedAt()),
            columns ->
                new PaidResult(
                    new AcceptedSubmission(
                        columns.getLong(1), columns.getString(2), columns.getString(3), true),
                    columns.getString(4),
                    columns.getString(5),
                    columns.getObject(6, OffsetDateTime.class).toInstant()))
        .stream()
        .findFirst();
  }

  /**
   * Records a failed attempt to fetch a result.
   *
   * @param problem reason, as in {@link UnfetchedResult#problem}
   * @param words reason as text for operators
   * @return the updated row; empty if the result has no row
   */
  public Optional<UnfetchedResult> failed(long call, String problem, String words) {
    Sql.update(
        entities,
        "update paid_result set failures = failures + 1, problem = ?, words = ?, failed_at = ?"
            + " where call_id = ?",
        Arrays.asList(problem, shortened(words), clock.instant(), call));
    return unfetched(UNFETCHED_CALL, call).stream().findFirst();
  }

  /**
   * Records a failed attempt to fetch the model of a provider job.
   *
   * @param lifetime how long the provider keeps a model, from the first failure
   * @return the updated row; empty if the submission of the provider job is unknown
   */
  public Optional<UnfetchedResult> failed(
      PollClaim claim, String problem, String words, Duration lifetime) {
    ProviderCall call = SubmissionLedger.ofJob(entities, claim.job()).findFirst().orElse(null);
    if (call == null) {
      return Optional.empty();
    }
    find(call.id()); // locks the row, so that two nodes do not both insert
    if (Sql.number(entities, "select count(*) from paid_result where call_id = ?", call.id())
        == 0) {
      Sql.update(
          entities,
          "insert into paid_result (call_id, task_id, provider, expires_at, failures)"
              + " values (?, ?, ?, ?, 0)",
          List.of(
              call.id(), claim.taskId(), claim.job().provider(), clock.instant().plus(lifetime)));
    }
    return failed(call.id(), problem, words);
  }

  private static String shortened(String words) {
    String text = words == null ? "" : words;
    return text.substring(0, Math.min(text.length(), ProviderCall.ERROR_LENGTH));
  }

  /** Deletes the row of a result that was fetched or can no longer be fetched. */
  public void fetched(long call) {
    Sql.update(entities, "delete from paid_result where call_id = ?", List.of(call));
  }

  /**
   * Deletes the row of a result that can no longer be fetched, and records that in its submission.
   *
   * @return number of submissions of this picture whose result was lost, including this one
   */
  public int lost(TaskClaim claim, long call, String words) {
    fetched(call);
    ProviderCall row = find(call);
    if (row != null) {
      row.resultLost(words);
      entities.flush(); // so that the count includes this row
    }
    return Sql.number(
        entities,
        "select count(*) from provider_call where task_id = ? and submitted_at >= ?"
            + " and image_index = (select image_index from provider_call where id = ?)"
            + " and outcome = 'ACCEPTED' and error is not null",
        claim.taskId(),
        claim.startedAt(),
        call);
  }

  /** Returns the results whose fetch has failed so far, oldest first; at most 1,000. */
  public List<UnfetchedResult> unfetched() {
    return unfetched(UNFETCHED, MAX_UNFETCHED);
  }

  private List<UnfetchedResult> unfetched(String query, Object parameter) {
    return Sql.rows(
        entities,
        query,
        List.of(parameter),
        columns ->
            new UnfetchedResult(
                columns.getLong(1),
                columns.getString(2),
                columns.getString(3),
                columns.getString(4),
                columns.getInt(5) == 1,
                columns.getObject(6, OffsetDateTime.class).toInstant(),
                columns.getString(7),
                columns.getString(8),
                columns.getInt(9),
                columns.getObject(10, OffsetDateTime.class).toInstant()));
  }

  /** Deletes results without failed fetches that no task waits for any more. */
  public void forgetUnwanted() {
    Sql.update(
        entities,
        "delete from paid_result where failures = 0 and not exists (select 1 from task t"
            + " where t.id = paid_result.task_id and t.status"
            + WAITS
            + ")",
        List.of());
  }
}
