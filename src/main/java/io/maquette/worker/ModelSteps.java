package io.maquette.worker;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.mesh.Conversions;
import io.maquette.mesh.InvalidModelFileException;
import io.maquette.mesh.ModelFactsReader;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Pacing;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.ResultAddress;
import io.maquette.provider.ResultFile;
import io.maquette.provider.Submission;
import io.maquette.provider.UnsupportedOption;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.ResultFetchException;
import io.maquette.storage.StoredFile;
import io.maquette.task.FailureCode;
import io.maquette.task.ModelFile;
import io.maquette.task.ModelRemark;
import io.maquette.task.ModelStatus;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResult.JobTimedOut;
import io.maquette.task.queue.TaskResult.ModelCompleted;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.queue.TaskResult.Postponed;
import io.maquette.task.submission.UnfetchedResult;
import io.maquette.telemetry.TraceScope;
import io.maquette.worker.Submissions.SubmissionResult;
import io.maquette.worker.control.ProviderAvailability;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Worker steps of the model stage: they submit the chosen picture to a provider and poll the
 * provider job. They copy the file into our store before the task is completed.
 */
@ApplicationScoped
public class ModelSteps {

  private static final Logger LOG = Logger.getLogger(ModelSteps.class.getName());

  /** Effect of a cancellation that did not reach the provider. */
  private static final String NOT_REACHED = "NOT_TOLD";

  /** End of a provider job. */
  private record End(TaskClaim.Job job, Instant at) {}

  /** Last finished job of each provider that processes one job at a time, as this node saw it. */
  private final Map<String, End> lastEnds = new ConcurrentHashMap<>();

  private Providers providers;
  private FileStore store;
  private Conversions conversions;
  private IntactFiles intact;
  private Submissions submissions;
  private ProviderAvailability availability;
  private FailurePolicy failures;
  private StepTracing tracing;
  private Pacing pacing;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected ModelSteps() {}

  @Inject
  ModelSteps(
      Providers providers,
      FileStore store,
      Conversions conversions,
      IntactFiles intact,
      Submissions submissions,
      ProviderAvailability availability,
      FailurePolicy failures,
      StepTracing tracing,
      Pacing pacing,
      Settings settings,
      Clock clock) {
    this.providers = providers;
    this.store = store;
    this.conversions = conversions;
    this.intact = intact;
    this.submissions = submissions;
    this.availability = availability;
    this.failures = failures;
    this.tracing = tracing;
    this.pacing = pacing;
    this.settings = settings;
    this.clock = clock;
  }

  /** Submits the chosen picture to the provider. */
  TaskResult submit(ModelClaim claim)
      throws ProviderException, IOException, StaleClaimException, NotSubmittedException {
    ModelProvider provider = providers.model(claim.provider());
    boolean wasWaiting = submissions.hasOnlyWaitedForOperator(claim);
    if (isLate(availability.countsFrom(claim, claim.provider())) && !wasWaiting) {
      submissions.withdraw(claim);
      return new Failed(claim, FailureCode.TIMED_OUT, notDoneInTime());
    }
    Picture picture = pictureOf(claim);
    submissions.awaitSlot(claim, provider, pollInterval(provider));
    Instant submittedAt = clock.instant();
    SubmissionResult<Submission> made =
        submissions.submit(
            claim,
            provider,
            new JobRequest(
                provider,
                claim.taskId(),
                new ModelRequest(picture, claim.prompt(), claim.modelOptions())));
    return new ModelSubmitted(
        claim,
        made.accepted(made.answer().jobId(), made.answer().requestId()),
        nextPoll(provider),
        wasWaiting ? submittedAt : claim.startedAt());
  }

  /** Request for a provider job. */
  record JobRequest(ModelProvider provider, UUID taskId, ModelRequest request)
      implements PaidRequest<Submission> {

    @Override
    public Submission send(long call, Consumer<ResultAddress> paid) throws ProviderException {
      UnsupportedOption.refuse(
          provider.name(), provider.capabilities().unsupported(request.options()));
      return provider.submit(request.withKey(keyOf(call)));
    }

    @Override
    public Optional<Submission> find(
        long call, Instant submittedAt, Predicate<String> isKnown, Consumer<ResultAddress> paid)
        throws ProviderException {
      return provider.find(request.withKey(keyOf(call)));
    }

    /** Returns the key of a submission, which another node computes as well after a crash. */
    private UUID keyOf(long call) {
      return UUID.nameUUIDFromBytes((taskId + " " + call).getBytes(StandardCharsets.UTF_8));
    }
  }

  private Picture pictureOf(ModelClaim claim) throws IOException {
    try {
      // checked first, because a submission may cost money and its model could not be stored
      store.check();
      return new Picture(
          intact.read(claim.picture().key(), claim.picture().size()), claim.picture().mediaType());
    } catch (IOException | RuntimeException e) {
      submissions.withdraw(claim);
      throw e;
    }
  }

  /** Polls the provider job. If it is done, it stores the model. */
  TaskResult poll(PollClaim claim) throws ProviderException, IOException {
    ModelProvider provider = providers.model(claim.job().provider());
    if (!pacing.awaitTurn(provider)) {
      return pollLater(claim, pollInterval(provider));
    }
    JobState state;
    try {
      state = provider.query(claim.job().id());
    } catch (JobLostException e) {
      throw e;
    } catch (ProviderException e) {
      // the poll failed, not the provider job; polling continues until the deadline
      LOG.log(
          Level.INFO,
          () ->
              "Task "
                  + claim.taskId()
                  + ": the poll of its provider job failed: "
                  + e.getMessage());
      failures.onFailedPoll(provider.name(), e);
      return pollLater(claim, e.retryAfter().orElseGet(() -> pollInterval(provider)));
    }
    if (state.phase() == JobState.Phase.WAIT || state.phase() == JobState.Phase.RUN) {
      return progress(claim, provider, state);
    }
    if (provider.doesOneAfterTheOther()) {
      lastEnds.merge(
          provider.name(),
          new End(claim.job(), clock.instant()),
          (last, end) -> last.job().equals(end.job()) ? last : end);
    }
    return end(claim, provider, state);
  }

  private TaskResult end(PollClaim claim, ModelProvider provider, JobState state)
      throws ProviderException, IOException {
    try (TraceScope scope = tracing.beginEnd(claim)) {
      if (state.phase() == JobState.Phase.FAIL) {
        scope.failed(state.problem().problem().name());
        throw state.problem();
      }
      return complete(claim, state);
    } catch (ResultFetchException e) {
      return fetchAgain(claim, provider, e);
    } catch (InvalidModelFileException e) {
      return failures.onUnusableResult(claim, e.getMessage());
    }
  }

  private TaskResult progress(PollClaim claim, ModelProvider provider, JobState state) {
    return isLate(claim)
        ? new JobTimedOut(claim, notDoneInTime())
        : TaskResult.ofPoll(claim, statusOf(state.phase()), state.progress(), nextPoll(provider));
  }

  /** Postpones the poll; fails the task if the provider job exceeded its deadline. */
  private TaskResult pollLater(PollClaim claim, Duration wait) {
    return isLate(claim)
        ? new JobTimedOut(claim, notDoneInTime())
        : new Postponed(claim, clock.instant().plus(wait));
  }

  private String notDoneInTime() {
    return "not done after " + settings.get(Setting.MODEL_DEADLINE);
  }

  /** Maps the phase of a provider job to a model status. */
  private static ModelStatus statusOf(JobState.Phase phase) {
    return switch (phase) {
      case WAIT -> ModelStatus.PENDING;
      case RUN -> ModelStatus.GENERATING;
      case DONE -> ModelStatus.COMPLETED;
      case FAIL -> ModelStatus.FAILED;
    };
  }

  private ModelCompleted complete(PollClaim claim, JobState done) throws IOException {
    StoredFile file;
    try (InputStream content = done.result().open()) {
      file = store.put(claim.storeScope(), FileType.GLB, content);
    }
    StoredFile preview = null;
    try {
      preview = keepPreview(claim, done.preview());
      return new ModelCompleted(
          claim, describe(file, preview), Optional.ofNullable(done.credits()));
    } catch (InvalidModelFileException e) {
      store.delete(file.key());
      if (preview != null) {
        store.delete(preview.key());
      }
      throw e;
    }
  }

  /**
   * Stores the preview and returns it. Returns null if it cannot be fetched, because the chosen
   * picture can replace it.
   */
  private StoredFile keepPreview(PollClaim claim, ResultFile preview) throws IOException {
    if (preview == null) {
      return null;
    }
    try (BufferedInputStream content = new BufferedInputStream(preview.open())) {
      content.mark(FileType.HEAD);
      FileType type =
          FileType.ofHead(content.readNBytes(FileType.HEAD))
              .filter(FileType.pictures()::contains)
              .orElseThrow(() -> new ResultFetchException("the preview is not a picture"));
      content.reset();
      return store.put(claim.storeScope(), type, content);
    } catch (ResultFetchException e) {
      LOG.log(Level.INFO, () -> "Task " + claim.taskId() + " has no preview: " + e.getMessage());
      return null;
    }
  }

  private ModelFile describe(StoredFile file, StoredFile preview) throws IOException {
    try (InputStream content = store.open(file.key(), 0)) {
      ModelFactsReader.Facts facts = ModelFactsReader.read(content);
      return new ModelFile(
          ImageResultFiles.refTo(file),
          FileType.GLB.extension(),
          facts.faceCount(),
          facts.vertexCount(),
          remarkOf(conversions.check(file.key())),
          preview == null ? null : ImageResultFiles.refTo(preview));
    }
  }

  /** Returns the remark for the user about a model; null if there is none. */
  private static ModelRemark remarkOf(Conversions.Check check) {
    if (check.fault() == null) {
      return check.hasUnreadableTexture() ? ModelRemark.TEXTURES_UNREADABLE : null;
    }
    return switch (check.fault()) {
      case DRACO -> ModelRemark.NOT_CONVERTIBLE_DRACO;
      case EXTENSION -> ModelRemark.NOT_CONVERTIBLE_EXTENSION;
      case EXTERNAL_DATA -> ModelRemark.NOT_CONVERTIBLE_EXTERNAL_DATA;
      case TOO_LARGE, TOO_MANY_FACES, TOO_MANY_NODES -> ModelRemark.NOT_CONVERTIBLE_TOO_LARGE;
      case DAMAGED, EMPTY, NOT_GLB -> ModelRemark.NOT_CONVERTIBLE_DAMAGED;
    };
  }

  /**
   * Handles a finished provider job whose file could not be fetched. While the provider keeps the
   * file, the next poll returns a new URL if the old one has expired. The model deadline covers
   * generation only, which is done; it counts here only if the submission is unknown.
   */
  private TaskResult fetchAgain(
      PollClaim claim, ModelProvider provider, ResultFetchException failure) {
    UnfetchedResult result =
        submissions.recordFailedFetch(claim, failure, provider.resultLifetime()).orElse(null);
    if (result == null) {
      return pollLater(claim, pollInterval(provider));
    }
    failures.logFailedFetch(claim, provider.name(), result);
    boolean isHopeless = failure.reason() == ResultFetchException.Reason.UNUSABLE && isLate(claim);
    if (isHopeless || clock.instant().isAfter(result.expiresAt())) {
      submissions.recordLost(claim, result);
      return new Failed(claim, FailurePolicy.codeOf(failure.reason()), failure.getMessage());
    }
    Instant next = failures.nextFetch(result);
    Instant earliest = nextPoll(provider);
    return new Postponed(claim, next.isBefore(earliest) ? earliest : next);
  }

  /** Cancels a provider job that no task waits for, if the provider can, and records the effect. */
  void cancel(TaskClaim.Job job) {
    String effect;
    try {
      ModelProvider provider = providers.model(job.provider());
      pacing.awaitTurn(provider); // the cancellation is sent even without a free rate limit slot
      effect = provider.cancel(job.id()).name();
    } catch (ProviderException | RuntimeException e) {
      LOG.log(Level.INFO, e, () -> "The provider did not cancel job " + job.id());
      effect = NOT_REACHED;
    }
    submissions.recordCancelled(job, effect);
  }

  private boolean isLate(PollClaim claim) {
    return isLate(beganAt(claim, availability.countsFrom(claim, claim.job().provider())));
  }

  private boolean isLate(Instant from) {
    return clock.instant().isAfter(from.plus(settings.get(Setting.MODEL_DEADLINE)));
  }

  /**
   * Returns the earliest time at which the provider may have started a job. If it processes one job
   * at a time, that is the end of the previous job. A job that hangs must not delay the deadline
   * forever, so each job ahead adds at most one deadline.
   */
  private Instant beganAt(PollClaim claim, Instant submittedAt) {
    String provider = claim.job().provider();
    End last = lastEnds.get(provider);
    if (last == null || last.job().equals(claim.job()) || !last.at().isAfter(submittedAt)) {
      return submittedAt;
    }
    int before = availability.openJobs(providers.model(provider)) - 1;
    Instant latest =
        submittedAt.plus(settings.get(Setting.MODEL_DEADLINE).multipliedBy(Math.max(0, before)));
    return last.at().isBefore(latest) ? last.at() : latest;
  }

  private Instant nextPoll(ModelProvider provider) {
    return clock.instant().plus(pollInterval(provider));
  }

  private Duration pollInterval(ModelProvider provider) {
    return provider.pollInterval(settings.get(Setting.MODEL_POLL_INTERVAL));
  }
}
