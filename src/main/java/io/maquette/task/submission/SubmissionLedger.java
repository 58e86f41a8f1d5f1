package io.maquette.task.submission;

import io.maquette.cluster.LocalNode;
import io.maquette.persistence.Numbers;
import io.maquette.task.ChangeContext;
import io.maquette.task.StaleClaimException;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
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
 * The submissions to providers. Nothing is submitted without a row here, and nothing twice without
 * one that says why; a submission whose outcome is unknown is looked for after a grace time, and
 * made again once.
 */
@Stateless
public class SubmissionLedger {

  /** How often the outcome may stay unknown before the stage is given up. */
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
   * Asks to submit, and writes the row if that is granted.
   *
   * @param imageIndex which picture; null for a model
   * @param grace how long after a submission of unknown outcome another one waits; zero where a
   *     submission costs nothing, so that it may be repeated at will
   * @param lookedFor whether the one of unknown outcome has been looked for at the provider
   * @throws StaleClaimException if the task has moved on since it was claimed
   */
  public SubmissionDecision submit(
      TaskClaim claim, Integer imageIndex, String provider, Duration grace, boolean lookedFor)
      throws StaleClaimException {
    Task task = claim.lock(entities);
    List<ProviderCall> earlier = earlier(claim, imageIndex);
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
    long number = Numbers.next(entities, ProviderCall.NUMBERS, 1)[0];
    PlannedSubmission call = new PlannedSubmission(imageIndex, provider);
    new CallRows(entities)
        .add(List.of(new ProviderCall(number, claim, claim.failedAttempts(), call, reason, by)));
    return new SubmissionDecision.Granted(number);
  }

  /** Unless its answer comes at this very moment, which must not be written over. */
  private void giveUpWaiting(ProviderCall call) {
    entities.refresh(call, LockModeType.PESSIMISTIC_WRITE);
    if (call.outcome() == ProviderCall.Outcome.SUBMITTING) {
      call.unknown("its node ended before an answer came", null);
    }
  }

  /** Those for the same picture or model since the stage's work began, the last one first. */
  private List<ProviderCall> earlier(TaskClaim claim, Integer imageIndex) {
    return entities
        .createQuery(
            "select c from ProviderCall c where c.taskId = :task and c.submittedAt >= :since"
                + " and (c.imageIndex = :image or c.imageIndex is null and :image = -1)"
                + " order by c.id desc",
            ProviderCall.class)
        .setParameter("task", claim.taskId())
        .setParameter("since", claim.startedAt())
        .setParameter("image", imageIndex == null ? -1 : imageIndex)
        .setMaxResults(TaskQueries.MAX_LIMIT)
        .getResultList();
  }

  /**
   * Why the provider took none of the submissions for a model since the stage's work began.
   *
   * @return empty if it took one, or if the outcome of one is unknown
   */
  public Optional<List<String>> refusals(TaskClaim claim) {
    List<ProviderCall> earlier = earlier(claim, null);
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

  /** The provider took it, but what it gave could not be kept. */
  public void accepted(AcceptedSubmission accepted) {
    find(accepted.call()).accepted(accepted, clock.instant());
  }

  /** The provider did not take it. */
  public void refused(long call, String problem, String words) {
    find(call).refused(problem, words, clock.instant());
  }

  /** It cannot be told whether the provider took it. */
  public void unknown(long call, String words) {
    find(call).unknown(words, clock.instant());
  }

  /**
   * It was not made after all: as if it had never been asked for. Where whoever took the task over
   * has given up waiting for its answer, the row stays.
   */
  public void withdrawn(long call) {
    ProviderCall row = find(call);
    if (row.outcome() == ProviderCall.Outcome.SUBMITTING) {
      entities.remove(row);
    }
  }

  /**
   * Asks whether a submission may still be made whose row was written a while ago.
   *
   * @throws StaleClaimException if the task has moved on since it was claimed
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

  /** The provider took it, but the task had moved on meanwhile. */
  public void late(AcceptedSubmission accepted) {
    ProviderCall row = find(accepted.call());
    row.accepted(accepted, clock.instant());
    row.late();
    new CallRows(entities).stored(List.of(accepted));
  }

  /**
   * A job that nobody waits for any more was cancelled; its task's history tells, too.
   *
   * @param effect what that really did at the provider
   */
  public void cancelled(TaskClaim.Job job, String effect) {
    ofJob(entities, job).toList().forEach(call -> cancelled(call, effect));
  }

  private void cancelled(ProviderCall call, String effect) {
    call.cancelled(effect);
    Task task = entities.find(Task.class, call.taskId(), LockModeType.PESSIMISTIC_WRITE);
    if (task != null) { // it was not deleted
      task.jobCancelled(effect, new ChangeContext("worker:models", node.name(), clock.instant()));
      history.write(task);
    }
  }

  /** Whether a job came from one of our submissions. */
  public boolean knows(String provider, String jobId) {
    return ofJob(entities, new TaskClaim.Job(provider, jobId)).findAny().isPresent();
  }

  /** The submission a job came from; none where its row was never completed. */
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
   * A task's last submissions, oldest first, at most {@link TaskQueries#MAX_LIMIT}. For operators:
   * no owner is asked for.
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
