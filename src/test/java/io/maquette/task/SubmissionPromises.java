package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.cluster.LocalNode;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.ProviderCall;
import io.maquette.task.submission.SubmissionDecision;
import io.maquette.telemetry.Subject;
import io.maquette.telemetry.TraceScope;
import io.maquette.telemetry.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Tests of the submission ledger: at most one submission, and one more after an unknown outcome.
 */
interface SubmissionPromises extends TaskDatabaseSteps {

  /** Runs work with a trace context. */
  private static <T> T within(String traceparent, Callable<T> work) throws Exception {
    Tracing trails = new Tracing(OpenTelemetry.noop(), new LocalNode("node-1", false));
    try (TraceScope trail = trails.follow("request", traceparent, new Subject())) {
      T done = work.call();
      trail.note(Subject.Trait.OUTCOME, "ok");
      return done;
    }
  }

  private SubmissionDecision ask(TaskClaim claim, Duration grace) throws Exception {
    return ask(claim, grace, true);
  }

  private SubmissionDecision ask(TaskClaim claim, Duration grace, boolean lookedFor)
      throws Exception {
    return database().call(heart -> heart.ledger().submit(claim, "local", grace, lookedFor));
  }

  private long granted(TaskClaim claim, Duration grace) throws Exception {
    return ((SubmissionDecision.Granted) ask(claim, grace)).call();
  }

  private boolean knows(String provider, String job) throws Exception {
    return database().call(heart -> heart.ledger().knows(provider, job));
  }

  @Test
  default void a_submission_has_its_row_before_it_is_sent_and_its_answer_afterwards()
      throws Exception {
    Task task = chosen("told");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    long call = reserved(claim);
    ProviderCall row = ledger(claim).get(4); // after the rows of the four pictures
    assertThat(row.outcome()).isEqualTo(ProviderCall.Outcome.SUBMITTING);
    assertThat(row.reason()).isNull();
    assertThat(row.attempt()).isEqualTo(1);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelSubmitted(
                            claim,
                            new AcceptedSubmission(call, "job-1", "request-1"),
                            Instant.EPOCH,
                            claim.startedAt())));
    ProviderCall answered = ledger(claim).get(4);
    assertThat(answered.outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED);
    assertThat(answered.jobId()).isEqualTo("job-1");
    assertThat(answered.requestId()).isEqualTo("request-1");
    assertThat(answered.duration()).isNotNull().isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(answered.isLate()).isFalse();
    assertThat(find(task.id()).model().orElseThrow().apiTaskId()).isEqualTo("job-1");
  }

  @Test
  default void an_unknown_outcome_is_awaited_then_repeated_once_and_never_again() throws Exception {
    chosen("who knows");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    long first = reserved(claim);
    database().run(heart -> heart.ledger().recordUnknown(first, "SocketTimeoutException"));
    assertThat(ask(claim, Duration.ofMinutes(1))).isInstanceOf(SubmissionDecision.Later.class);

    assertThat(ledger(claim).get(4).duration()).isNotNull();

    Duration over = Duration.ofNanos(1000);
    long second = granted(claim, over);
    assertThat(ledger(claim).get(5).reason()).isEqualTo("outcome of call " + first + " is unknown");
    assertThat(history(claim.taskId()))
        .anyMatch(event -> event.type() == TaskEvent.Type.SUBMITTED_AGAIN);
    database().run(heart -> heart.ledger().recordUnknown(second, "SocketTimeoutException"));
    assertThat(ask(claim, over)).isInstanceOf(SubmissionDecision.Denied.class);
    assertThat(ledger(claim)).hasSize(6);
  }

  @Test
  default void a_submission_of_a_killed_node_has_an_unknown_outcome() throws Exception {
    chosen("killed in between");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    assertThat(ask(claim, Duration.ofMinutes(1))).isInstanceOf(SubmissionDecision.Later.class);
    assertThat(ledger(claim).get(4).outcome()).isEqualTo(ProviderCall.Outcome.UNKNOWN);
    assertThat(ledger(claim).get(4).duration()).isNull();
  }

  @Test
  default void an_unknown_outcome_is_looked_up_before_it_is_submitted_again() throws Exception {
    chosen("perhaps taken");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    Duration over = Duration.ofNanos(1000);
    long call = reserved(claim);
    database().run(heart -> heart.ledger().recordUnknown(call, "SocketTimeoutException"));
    assertThat(ask(claim, over, false))
        .isEqualTo(new SubmissionDecision.LookFirst(call, ledger(claim).get(4).submittedAt()));
    assertThat(knows("local", "job-9")).isFalse();
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelSubmitted(
                            claim,
                            new AcceptedSubmission(call, "job-9", null),
                            Instant.EPOCH,
                            claim.startedAt())));
    assertThat(ledger(claim)).hasSize(5);
    assertThat(ledger(claim).get(4).outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED);
    assertThat(ledger(claim).get(4).error()).as("it is not lost after all").isNull();
    assertThat(knows("local", "job-9")).isTrue();
    assertThat(knows("tencent", "job-9")).isFalse();
  }

  @Test
  default void an_answer_during_a_takeover_is_not_overwritten() throws Exception {
    chosen("late by a moment");
    ModelClaim sleeper = claimSubmissions("node-1", 1).get(0);
    long call = reserved(sleeper);
    database().sql("update task set due_at = current_timestamp, version = version + 1");
    TaskClaim next = database().call("node-2", heart -> heart.claims().claimForPolling(1)).get(0);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<SubmissionDecision> asked =
          database()
              .call(
                  heart -> {
                    heart.ledger().recordLate(new AcceptedSubmission(call, "job-1", null));
                    heart.entities().flush();
                    Future<SubmissionDecision> asking =
                        other.submit(() -> ask(next, Duration.ofMinutes(1)));
                    assertThatThrownBy(() -> asking.get(300, TimeUnit.MILLISECONDS))
                        .as("it waits for the answer")
                        .isInstanceOf(TimeoutException.class);
                    return asking;
                  });
      assertThat(asked.get()).isInstanceOf(SubmissionDecision.Granted.class);
    } finally {
      other.shutdownNow();
    }
    ProviderCall answered = ledger(next).get(4);
    assertThat(answered.outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED);
    assertThat(answered.isLate()).isTrue();
    assertThat(answered.error()).isNull();
    assertThat(ledger(next).get(5).reason()).contains("was accepted");
  }

  @Test
  default void a_submission_is_found_although_the_clock_was_set_back() throws Exception {
    chosen("a second earlier");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    TaskClaim.ClaimedTask task = claim.claimed();
    ModelClaim begunLater =
        new ModelClaim(
            new TaskClaim.ClaimedTask(
                task.id(),
                task.owner(),
                task.fence(),
                task.failedAttempts(),
                task.startedAt().plusSeconds(1),
                task.trace()),
            claim.prompt(),
            claim.modelOptions(),
            claim.picture(),
            claim.provider(),
            Optional.empty());
    granted(begunLater, Duration.ofMinutes(1));
    assertThat(ask(begunLater, Duration.ofMinutes(1))).isInstanceOf(SubmissionDecision.Later.class);
  }

  @Test
  default void a_step_continues_the_trace_of_the_request_for_its_stage() throws Exception {
    String creation = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    String choice = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
    Task task = within(creation, () -> create("traced"));
    ImageClaim pictures = within(choice, this::claimPictures);
    assertThat(pictures.claimed().trace()).contains(creation);
    assertThat(pictures.owner()).isEqualTo("dev");
    storePictures(pictures, 4);
    within(
        choice, () -> database().call(heart -> heart.service().selectImage("dev", task.id(), 2)));
    assertThat(claimSubmissions("node-2", 1).get(0).claimed().trace()).contains(choice);

    chosen("not traced");
    assertThat(claimSubmissions("node-1", 1).get(0).claimed().trace()).isEmpty();
  }

  @Test
  default void a_submission_that_was_not_sent_leaves_no_row() throws Exception {
    chosen("not sent");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    database().run(heart -> heart.ledger().withdraw(reserved(claim)));
    assertThat(ledger(claim)).hasSize(4);
    long next = granted(claim, Duration.ofMinutes(1));
    assertThat(ledger(claim).get(4).id()).isEqualTo(next);
    assertThat(ledger(claim).get(4).reason()).isNull();
  }

  @Test
  default void a_reclaimed_submission_is_neither_withdrawn_nor_confirmed() throws Exception {
    chosen("slept before it was sent");
    ModelClaim sleeper = claimSubmissions("node-1", 1).get(0);
    database().run(heart -> heart.ledger().confirm(sleeper));
    database().sql("update task set due_at = current_timestamp, version = version + 1");
    TaskClaim next = database().call("node-2", heart -> heart.claims().claimForPolling(1)).get(0);
    assertThat(ask(next, Duration.ofMinutes(1))).isInstanceOf(SubmissionDecision.Later.class);
    assertThatThrownBy(() -> database().run(heart -> heart.ledger().confirm(sleeper)))
        .isInstanceOf(StaleClaimException.class);
    database().run(heart -> heart.ledger().withdraw(reserved(sleeper)));
    assertThat(ledger(sleeper).get(4).outcome()).isEqualTo(ProviderCall.Outcome.UNKNOWN);
  }

  @Test
  default void the_row_of_the_next_picture_is_written_with_the_previous_one() throws Exception {
    create("one after the other");
    ImageClaim claim = claimPictures();
    ImageClaim next =
        database()
            .call(
                heart ->
                    heart
                        .results()
                        .apply(
                            new ImageStored(
                                claim,
                                new AcceptedSubmission(reserved(claim), null, null),
                                claim.newImage("v", null, Tasks.file(claim.storeScope())),
                                Optional.of("local"))))
            .orElseThrow();
    List<ProviderCall> rows = ledger(claim);
    assertThat(rows).extracting(ProviderCall::id).containsExactly(reserved(claim), reserved(next));
    assertThat(next.missingImages()).containsExactly(1, 2, 3);
    assertThat(rows)
        .extracting(ProviderCall::outcome)
        .containsExactly(ProviderCall.Outcome.ACCEPTED, ProviderCall.Outcome.SUBMITTING);
    assertThat(rows.get(1).imageIndex()).isEqualTo(1);
  }

  @Test
  default void a_free_submission_is_repeated_at_once() throws Exception {
    chosen("free");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    for (int i = 0; i < 4; i++) {
      granted(claim, Duration.ZERO);
    }
    assertThat(ledger(claim)).hasSize(9);
  }

  @Test
  default void a_refusal_keeps_the_providers_words_and_an_answer_after_cancel_is_late()
      throws Exception {
    Task task = chosen("refused, then late");
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    long first = reserved(claim);
    database().run(heart -> heart.ledger().recordRefused(first, "THROTTLED", "slow down"));
    long second = granted(claim, Duration.ofMinutes(1));
    database().run(heart -> heart.service().cancel("dev", task.id()));
    assertThatThrownBy(() -> ask(claim, Duration.ZERO)).isInstanceOf(StaleClaimException.class);
    database()
        .run(heart -> heart.ledger().recordLate(new AcceptedSubmission(second, "job-2", null)));

    List<ProviderCall> rows = ledger(claim);
    assertThat(rows.get(4).outcome()).isEqualTo(ProviderCall.Outcome.REFUSED);
    assertThat(rows.get(4).problem()).isEqualTo("THROTTLED");
    assertThat(rows.get(4).error()).isEqualTo("slow down");
    assertThat(rows.get(5).reason()).contains("was not accepted: THROTTLED");
    assertThat(rows.get(5).isLate()).isTrue();
    assertThat(rows.get(5).jobId()).isEqualTo("job-2");
    database().run(heart -> heart.service().delete("dev", task.id()));
    assertThat(ledger(claim)).hasSize(6);
  }

  @Test
  default void the_effect_of_cancelling_a_job_is_in_the_ledger_and_the_history() throws Exception {
    Task task = chosen("no longer wanted");
    PollClaim claim = submitted(task);
    database().run(heart -> heart.service().cancel("dev", task.id()));
    database().run(heart -> heart.ledger().recordCancelled(claim.job(), "CANNOT_STOP"));
    assertThat(ledger(claim).get(4).cancellation()).isEqualTo("CANNOT_STOP");
    TaskEvent last = history(task.id()).get(history(task.id()).size() - 1);
    assertThat(last.type()).isEqualTo(TaskEvent.Type.JOB_CANCELLED);
    assertThat(last.detail()).isEqualTo("CANNOT_STOP");
    assertThat(last.to()).isEqualTo(TaskStatus.CANCELLED);

    database().run(heart -> heart.service().delete("dev", task.id()));
    database().run(heart -> heart.ledger().recordCancelled(claim.job(), "STOPPED"));
    assertThat(ledger(claim).get(4).cancellation()).isEqualTo("STOPPED");
  }
}
