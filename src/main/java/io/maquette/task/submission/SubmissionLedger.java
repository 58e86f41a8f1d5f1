package io.maquette.task.submission;

import io.maquette.cluster.LocalNode;
import io.maquette.persistence.Sql;
import io.maquette.task.ChangeContext;
import io.maquette.task.StaleClaimException;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskEventWriter;
import io.maquette.task.TaskQueries;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Submission ledger. Every submission has a row before it is sent, and a repeated one has a reason.
 * If an outcome is unknown, the worker looks for the submission after a grace time and repeats it
 * once.
 */
@Stateless
public class SubmissionLedger {

  /** Number of unknown outcomes after which the stage fails. */
  private static final int UNKNOWN_LIMIT = 2;

  @PersistenceContext private EntityManager entities;
  @Inject private TaskEventWriter history;
  @Inject private Clock clock;
  @Inject private LocalNode node;

  /** For the container. */
  public SubmissionLedger() {}

  public SubmissionLedger(
      EntityManager entities, TaskEventWriter history, Clock clock, LocalNode node) {
    this.entities = entities;
    this.history = history;
    this.clock = clock;
    this.node = node;
  }

  /**
   * Requests a submission and writes its row if it is permitted.
   *
   * @param grace waiting time after a submission with unknown outcome; zero if a submission costs
   *     nothing, so that it may be repeated freely
   * @param lookedFor whether the worker has looked for the submission with unknown outcome at the
   *     provider
   * @throws StaleClaimException if the claim is no longer valid
   */
  public SubmissionDecision submit(
      TaskClaim claim, String provider, Duration grace, boolean lookedFor)
      throws StaleClaimException {
    Task task = claim.lock(entities);
    List<ProviderCall> earlier = earlier(claim);
    ChangeContext by =
        new ChangeContext("worker:" + task.status().worker(), node.name(), clock.instant());
    String reason = null;
    if (!earlier.isEmpty()) {
      ProviderCall last = earlier.get(0);
      if (last.outcome() == ProviderCall.Outcome.SUBMITTING) {
        giveUpWaiting(last);
      }
      if (last.outcome() == ProviderCall.Outcome.UNKNOWN && !grace.isZero()) {
        Instant until = last.submittedAt().plus(grace);
        if (by.at().isBefore(until)) {
          return new SubmissionDecision.Later(until);
        }
        if (!lookedFor && last.provider().equals(provider)) {
          return new SubmissionDecision.LookFirst(last.id(), last.submittedAt());
        }
        if (unknown(earlier) >= UNKNOWN_LIMIT) {
          return new SubmissionDecision.Denied(
              "the outcome of call " + last.id() + " is unknown, too");
        }
      }
      reason = reasonAfter(last);
      if (last.outcome() == ProviderCall.Outcome.UNKNOWN) {
        task.submittedAgain(reason, by);
        history.write(task);
      }
    }
    long number = Sql.nextNumbers(entities, ProviderCall.NUMBERS, 1)[0];
    new CallRows(entities).add(List.of(new ProviderCall(number, claim, provider, reason, by)));
    return new SubmissionDecision.Granted(number);
  }

  /** Records an unknown outcome, but keeps an answer that arrives at the same time. */
  private void giveUpWaiting(ProviderCall call) {
    entities.refresh(call, LockModeType.PESSIMISTIC_WRITE);
    if (call.outcome() == ProviderCall.Outcome.SUBMITTING) {
      call.unknown("its node ended before the answer arrived", null);
    }
  }

  /**
   * Returns the submissions for the same picture or model since the start of the stage, newest
   * first.
   */
  private List<ProviderCall> earlier(TaskClaim claim) {
    return entities
        .createQuery(
            "select c from ProviderCall c where c.taskId = :task and c.submittedAt >= :since"
                + " and (c.imageIndex = :image or c.imageIndex is null and :image = -1)"
                + " order by c.id desc",
            ProviderCall.class)
        .setParameter("task", claim.taskId())
        .setParameter("since", claim.startedAt())
        .setParameter("image", claim.imageIndex().orElse(-1))
        .setMaxResults(TaskQueries.MAX_LIMIT)
        .getResultList();
  }

  /**
   * Returns why the provider refused all submissions for a model since the start of the stage.
   *
   * @return empty if one was accepted or has an unknown outcome
   */
  public Optional<List<String>> refusals(ModelClaim claim) {
    List<ProviderCall> earlier = earlier(claim);
    return earlier.stream().allMatch(call -> call.outcome() == ProviderCall.Outcome.REFUSED)
        ? Optional.of(earlier.stream().map(ProviderCall::problem).toList())
        : Optional.empty();
  }

  private static long unknown(List<ProviderCall> calls) {
    return calls.stream().filter(call -> call.outcome() == ProviderCall.Outcome.UNKNOWN).count();
  }

  private static String reasonAfter(ProviderCall last) {
    return switch (last.outcome()) {
      case SUBMITTING, UNKNOWN -> "outcome of call " + last.id() + " is unknown";
      case REFUSED -> "call " + last.id() + " was not accepted: " + last.problem();
      case ACCEPTED -> "call " + last.id() + " was accepted, but gave no usable result";
    };
  }

  /** Records an accepted submission whose result could not be stored. */
  public void recordAccepted(AcceptedSubmission accepted) {
    find(accepted.call()).accepted(accepted, clock.instant());
  }

  /** Records a refused submission. */
  public void recordRefused(long call, String problem, String words) {
    find(call).refused(problem, words, clock.instant());
  }

  /** Records a submission with unknown outcome. */
  public void recordUnknown(long call, String words) {
    find(call).unknown(words, clock.instant());
  }

  /**
   * Deletes the row of a submission that was not sent. The row stays if another worker has taken
   * the task over and recorded an unknown outcome.
   */
  public void withdraw(long call) {
    ProviderCall row = find(call);
    if (row.outcome() == ProviderCall.Outcome.SUBMITTING) {
      entities.remove(row);
    }
  }

  /**
   * Checks whether a submission whose row was written earlier may still be sent.
   *
   * @throws StaleClaimException if the claim is no longer valid
   */
  public void confirm(TaskClaim claim) throws StaleClaimException {
    boolean holds =
        entities
            .createQuery("select t.fence from Task t where t.id = :id", Long.class)
            .setParameter("id", claim.taskId())
            .getResultStream()
            .anyMatch(fence -> fence == claim.fence());
    if (!holds) {
      throw new StaleClaimException(claim);
    }
  }

  /** Records an accepted submission whose task had moved on. */
  public void recordLate(AcceptedSubmission accepted) {
    ProviderCall row = find(accepted.call());
    row.accepted(accepted, clock.instant());
    row.late();
    new CallRows(entities).stored(List.of(accepted));
  }

  /**
   * Records that a provider job without a waiting task was cancelled, also in the task's history.
   *
   * @param effect effect of the cancellation at the provider
   */
  public void recordCancelled(TaskClaim.Job job, String effect) {
    ofJob(entities, job).toList().forEach(call -> cancelled(call, effect));
  }

  private void cancelled(ProviderCall call, String effect) {
    call.cancelled(effect);
    Task task = entities.find(Task.class, call.taskId(), LockModeType.PESSIMISTIC_WRITE);
    if (task != null) { // null if the task was deleted
      task.jobCancelled(effect, new ChangeContext("worker:models", node.name(), clock.instant()));
      history.write(task);
    }
  }

  /** Returns whether a provider job belongs to one of our submissions. */
  public boolean knows(String provider, String jobId) {
    return ofJob(entities, new TaskClaim.Job(provider, jobId)).findAny().isPresent();
  }

  /** Returns the submission of a provider job; empty if its ledger row was never completed. */
  static Stream<ProviderCall> ofJob(EntityManager entities, TaskClaim.Job job) {
    return entities
        .createQuery(
            "select c from ProviderCall c where c.provider = :provider and c.jobId = :job",
            ProviderCall.class)
        .setParameter("provider", job.provider())
        .setParameter("job", job.id())
        .setMaxResults(1)
        .getResultStream();
  }

  private ProviderCall find(long call) {
    return entities.find(ProviderCall.class, call, LockModeType.PESSIMISTIC_WRITE);
  }

  /**
   * Returns a task's last submissions, oldest first, at most {@link TaskQueries#MAX_LIMIT}. This
   * query is for operators, so it does not filter by owner.
   */
  public List<ProviderCall> of(UUID task) {
    List<ProviderCall> last =
        new ArrayList<>(
            entities
                .createQuery(
                    "select c from ProviderCall c where c.taskId = :task order by c.id desc",
                    ProviderCall.class)
                .setParameter("task", task)
                .setMaxResults(TaskQueries.MAX_LIMIT)
                .getResultList());
    Collections.reverse(last);
    return last;
  }
}
