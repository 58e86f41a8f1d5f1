package io.maquette.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Settings;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Notes;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.Submission;
import io.maquette.storage.ResultFetchException;
import io.maquette.storage.ResultFetchException.Reason;
import io.maquette.task.ModelStatus;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResults;
import io.maquette.task.submission.UnfetchedResult;
import io.maquette.telemetry.Tracing;
import io.maquette.worker.control.ActiveProviderControls;
import io.maquette.worker.control.ProviderAvailability;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests of the model deadline: neither the provider's queue nor a failed fetch counts. */
@Tag("fault")
class ModelDeadlineTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> applied = new ArrayList<>();
  private final Map<String, JobState> jobs = new HashMap<>();
  private Instant now = T0;
  private boolean submissionIsUnknown;
  private final Instant expiresAt = T0.plus(Duration.ofDays(1));

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  /** Provider with one GPU that reports waiting jobs and the running job in the same way. */
  private final class OneGpu implements ModelProvider {
    @Override
    public String name() {
      return "one";
    }

    @Override
    public Submission submit(ModelRequest request) {
      throw new IllegalStateException("not called");
    }

    @Override
    public JobState query(String jobId) {
      return jobs.getOrDefault(jobId, JobState.running());
    }

    @Override
    public Cancellation cancel(String jobId) {
      return Cancellation.CANNOT_STOP;
    }

    @Override
    public boolean doesOneAfterTheOther() {
      return true;
    }
  }

  private final ModelProvider provider = new OneGpu();
  private final Settings settings = Settings.read(name -> Optional.empty());

  private final Providers providers =
      new Providers() {
        @Override
        public ModelProvider model(String name) {
          return provider;
        }

        @Override
        public List<ModelProvider> models() {
          return List.of(provider);
        }
      };

  private final TaskResults results =
      new TaskResults() {
        @Override
        public Optional<ImageClaim> apply(TaskResult result) {
          applied.add(described(result));
          return Optional.empty();
        }
      };

  private static String described(TaskResult result) {
    if (result instanceof Failed failed) {
      return "fail: " + failed.code();
    }
    return result.getClass().getSimpleName();
  }

  private final Submissions submissions =
      new Submissions() {
        @Override
        Optional<UnfetchedResult> recordFailedFetch(
            PollClaim claim, ResultFetchException failure, Duration lifetime) {
          if (submissionIsUnknown) {
            return Optional.empty();
          }
          return Optional.of(
              new UnfetchedResult(
                  1,
                  "one",
                  null,
                  claim.job().id(),
                  true,
                  expiresAt,
                  failure.reason().name(),
                  failure.getMessage(),
                  1,
                  now));
        }

        @Override
        void recordLost(TaskClaim claim, UnfetchedResult result) {
          applied.add("lost");
        }

        @Override
        void recordCancelled(TaskClaim.Job job, String effect) {
          applied.add("cancelled " + job.id());
        }
      };

  private final ProviderAvailability availability =
      new ProviderAvailability(providers, new ActiveProviderControls(List::of), settings, clock);

  private final FailurePolicy failures =
      new FailurePolicy(null, null, null, availability, new Notes(clock), settings, clock);
  private final StepTracing tracing =
      new StepTracing(new Tracing(OpenTelemetry.noop(), new LocalNode("node-1", false)));
  private final ModelSteps worker =
      new ModelSteps(
          providers,
          null,
          null,
          null,
          submissions,
          availability,
          failures,
          tracing,
          any -> true,
          settings,
          clock);
  private final StepRunner steps =
      new StepRunner(null, null, worker, failures, results, submissions, tracing, providers, null);

  private static PollClaim claim(String job) {
    return new PollClaim(
        new TaskClaim.ClaimedTask(UUID.randomUUID(), "dev", 1, 0, T0, Optional.empty()),
        new TaskClaim.Job("one", job),
        new TaskClaim.KnownState(ModelStatus.GENERATING, 50),
        ModelOptions.NONE);
  }

  private List<String> poll(String job, int minute) throws Exception {
    applied.clear();
    now = T0.plus(Duration.ofMinutes(minute));
    steps.work(claim(job));
    return List.copyOf(applied);
  }

  private void ends(String job, int minute) throws Exception {
    jobs.put(job, JobState.failed(ProviderException.of(Problem.REFUSED, "no")));
    poll(job, minute);
  }

  @Test
  void a_job_has_the_deadline_from_the_end_of_the_job_before_it() throws Exception {
    ends("first", 4);
    ends("second", 8);
    assertThat(poll("third", 12)).containsExactly("Postponed");
    assertThat(poll("third", 17)).containsExactly("Postponed");
    assertThat(poll("third", 19)).containsExactly("JobTimedOut", "cancelled third");
  }

  @Test
  void a_job_that_hangs_does_not_wait_for_ever_for_others_that_end() throws Exception {
    for (int minute = 5; minute < 60; minute += 5) {
      ends("other " + minute, minute);
    }
    // three jobs may be open, so each of the two ahead adds one deadline
    assertThat(poll("hangs", 29)).containsExactly("Postponed");
    assertThat(poll("hangs", 31)).containsExactly("JobTimedOut", "cancelled hangs");
  }

  private void cannotBeFetched(String job, Reason reason) {
    jobs.put(
        job,
        JobState.done(
            () -> {
              throw new ResultFetchException(reason, "because of " + reason, null);
            }));
  }

  @Test
  void a_model_that_is_done_is_fetched_for_as_long_as_the_provider_keeps_it() throws Exception {
    for (Reason reason :
        List.of(
            Reason.HOST_NOT_ALLOWED,
            Reason.FAKE_IP,
            Reason.PROXY,
            Reason.UNREACHABLE,
            Reason.ANSWERED,
            Reason.BROKEN_OFF)) {
      cannotBeFetched("job", reason);
      assertThat(poll("job", 5)).as(reason.name()).containsExactly("Postponed");
      assertThat(poll("job", 11)).as(reason.name()).containsExactly("Postponed");
      assertThat(poll("job", 23 * 60)).as(reason.name()).containsExactly("Postponed");
      assertThat(poll("job", 25 * 60))
          .as(reason.name())
          .containsExactly(
              "lost",
              reason.isForOperator() ? "fail: PROVIDER_MISCONFIGURED" : "fail: RESULT_UNUSABLE");
    }
  }

  @Test
  void a_file_that_can_never_be_used_ends_at_the_deadline() throws Exception {
    cannotBeFetched("job", Reason.UNUSABLE);
    assertThat(poll("job", 5)).containsExactly("Postponed");
    assertThat(poll("job", 11)).containsExactly("lost", "fail: RESULT_UNUSABLE");
  }

  @Test
  void without_its_submission_a_file_that_cannot_be_fetched_ends_at_the_deadline()
      throws Exception {
    submissionIsUnknown = true;
    cannotBeFetched("job", Reason.UNREACHABLE);
    assertThat(poll("job", 5)).containsExactly("Postponed");
    assertThat(poll("job", 11)).containsExactly("JobTimedOut", "cancelled job");
  }
}
