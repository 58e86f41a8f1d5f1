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
import io.maquette.provider.ResultFile;
import io.maquette.provider.Submission;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import io.maquette.storage.ResultFetchException;
import io.maquette.storage.StoredFile;
import io.maquette.task.ModelFile;
import io.maquette.task.ModelRemark;
import io.maquette.task.ModelStatus;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.queue.TaskResults;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.UnfetchedResult;
import io.maquette.telemetry.TraceScope;
import io.maquette.worker.control.ProviderAvailability;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Worker steps of the model stage: they submit the chosen picture to a provider and poll the
 * provider job. They copy the file into our store before the task is completed.
 */
@ApplicationScoped
public class ModelWorker {

  private static final Logger LOG = Logger.getLogger(ModelWorker.class.getName());

  /** Effect of a cancellation that did not reach the provider. */
  private static final String NOT_TOLD = "NOT_TOLD";

  /** End of a provider job. */
  private record End(TaskClaim.Job job, Instant at) {}

  /** Last finished job of each provider that processes one job at a time, as this node saw it. */
  private final Map<String, End> lastEnds = new ConcurrentHashMap<>();

  private Providers providers;
  private FileStore store;
  private Conversions conversions;
  private IntactFiles intact;
  private TaskResults results;
  private Submissions submissions;
  private ProviderAvailability availability;
  private FailurePolicy failures;
  private StepTrails trails;
  private Pacing pacing;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected ModelWorker() {}

  @Inject
  ModelWorker(
      Providers providers,
      FileStore store,
      Conversions conversions,
      IntactFiles intact,
      TaskResults results,
      Submissions submissions,
      ProviderAvailability availability,
      FailurePolicy failures,
      StepTrails trails,
      Pacing pacing,
      Settings settings,
      Clock clock) {
    this.providers = providers;
    this.store = store;
    this.conversions = conversions;
    this.intact = intact;
    this.results = results;
    this.submissions = submissions;
    this.availability = availability;
    this.failures = failures;
    this.trails = trails;
    this.pacing = pacing;
    this.settings = settings;
    this.clock = clock;
  }

  /** Submits the provider job of a claim that has none. */
  void submit(TaskClaim claim) throws StaleClaimException {
    attempt(claim, () -> submitJob(claim, providers.model(claim.provider())));
  }

  /**
   * Polls the provider job of a claim. Submits a new one if an attempt failed or a node ended
   * before.
   */
  void poll(TaskClaim claim) throws StaleClaimException {
    if (claim.job() == null) {
      submit(claim);
    } else {
      attempt(claim, () -> pollJob(claim, providers.model(claim.provider())));
    }
  }

  private interface Step {
    void run() throws ProviderException, IOException, StaleClaimException;
  }

  private void attempt(TaskClaim claim, Step step) throws StaleClaimException {
    try {
      step.run();
    } catch (ProviderException e) {
      failures.provider(claim, claim.provider(), e);
    } catch (ResultFetchException e) {
      askAgain(claim, e);
    } catch (InvalidModelFileException e) {
      failures.unusable(claim, e.getMessage());
    } catch (LostFileException e) {
      failures.pictureLost(claim, e);
    } catch (IOException e) {
      failures.store(claim, e);
    } catch (RuntimeException e) {
      failures.internal(claim, e);
    }
  }

  private void submitJob(TaskClaim claim, ModelProvider provider)
      throws ProviderException, IOException, StaleClaimException {
    boolean wasWaiting = submissions.hasOnlyWaitedForOperator(claim);
    if (isLate(claim) && !wasWaiting) {
      submissions.withdraw(ReservedSubmission.with(claim));
      failures.timedOut(claim, settings.get(Setting.MODEL_DEADLINE));
      return;
    }
    byte[] picture = pictureOf(claim);
    if (!pacing.awaitTurn(provider)) {
      submissions.withdraw(ReservedSubmission.with(claim));
      results.postpone(claim, nextPoll(provider));
      return;
    }
    ModelRequest request =
        new ModelRequest(new Picture(picture, claim.picture().mediaType()), claim.prompt());
    Instant submittedAt = clock.instant();
    Submissions.Made<Submission> made =
        submissions
            .submit(
                claim,
                null,
                provider,
                paid -> provider.submit(request),
                ReservedSubmission.with(claim))
            .orElse(null);
    if (made == null) {
      return;
    }
    AcceptedSubmission accepted =
        new AcceptedSubmission(made.call(), made.result().jobId(), made.result().requestId());
    try {
      results.modelSubmitted(
          claim, accepted, nextPoll(provider), wasWaiting ? submittedAt : claim.startedAt());
    } catch (StaleClaimException e) {
      submissions.late(accepted);
      cancel(new TaskClaim.Job(provider.name(), accepted.jobId()));
      throw e;
    }
  }

  private byte[] pictureOf(TaskClaim claim) throws IOException {
    try {
      // checked first, because a submission may cost money and its model could not be stored
      store.check();
      return intact.read(claim.picture().key(), claim.picture().size());
    } catch (IOException | RuntimeException e) {
      submissions.withdraw(ReservedSubmission.with(claim));
      throw e;
    }
  }

  private void pollJob(TaskClaim claim, ModelProvider provider)
      throws ProviderException, IOException, StaleClaimException {
    if (!pacing.awaitTurn(provider)) {
      waitOn(claim, pollInterval(provider));
      return;
    }
    JobState state;
    try {
      state = provider.query(claim.job().id());
    } catch (JobLostException e) {
      throw e;
    } catch (ProviderException e) {
      // the poll failed, not the provider job; polling continues until the deadline
      LOG.log(Level.INFO, () -> "Task " + claim.taskId() + " not told of: " + e.getMessage());
      failures.question(provider.name(), e);
      waitOn(claim, e.retryAfter().orElseGet(() -> pollInterval(provider)));
      return;
    }
    switch (state.phase()) {
      case WAIT, RUN -> progress(claim, provider, state);
      case DONE, FAIL -> {
        if (provider.doesOneAfterTheOther()) {
          lastEnds.merge(
              provider.name(),
              new End(claim.job(), clock.instant()),
              (last, end) -> last.job().equals(end.job()) ? last : end);
        }
        end(claim, state);
      }
    }
  }

  private void end(TaskClaim claim, JobState state)
      throws ProviderException, IOException, StaleClaimException {
    try (TraceScope trail = trails.ofEnd("end model", claim)) {
      if (state.phase() == JobState.Phase.FAIL) {
        trail.failed(state.problem().problem().name());
        throw state.problem();
      }
      complete(claim, state);
    }
  }

  private void progress(TaskClaim claim, ModelProvider provider, JobState state)
      throws StaleClaimException {
    if (isLate(claim)) {
      giveUp(claim);
    } else {
      results.modelProgressed(claim, statusOf(state.phase()), state.progress(), nextPoll(provider));
    }
  }

  private void waitOn(TaskClaim claim, Duration wait) throws StaleClaimException {
    if (isLate(claim)) {
      giveUp(claim);
    } else {
      results.postpone(claim, clock.instant().plus(wait));
    }
  }

  private void giveUp(TaskClaim claim) throws StaleClaimException {
    failures.timedOut(claim, settings.get(Setting.MODEL_DEADLINE));
    cancel(claim.job());
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

  private void complete(TaskClaim claim, JobState done) throws IOException, StaleClaimException {
    StoredFile file;
    try (InputStream content = done.result().open()) {
      file = store.put(claim.storeScope(), FileType.GLB, content);
    }
    StoredFile preview = null;
    try {
      preview = keepPreview(claim, done.preview());
      results.modelCompleted(claim, describe(file, preview), done.credits());
    } catch (InvalidModelFileException | StaleClaimException e) {
      store.delete(file.key()); // certainly not applied; after any other failure it may be applied
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
  private StoredFile keepPreview(TaskClaim claim, ResultFile preview) throws IOException {
    if (preview == null) {
      return null;
    }
    try (BufferedInputStream content = new BufferedInputStream(preview.open())) {
      content.mark(FileType.HEAD);
      FileType type =
          FileType.ofHead(content.readNBytes(FileType.HEAD))
              .filter(FileType.pictures()::contains)
              .orElseThrow(() -> new ResultFetchException("the preview is no picture"));
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
  private void askAgain(TaskClaim claim, ResultFetchException failure) throws StaleClaimException {
    ModelProvider provider = providers.model(claim.provider());
    UnfetchedResult result =
        submissions.notFetched(claim, failure, provider.resultLifetime()).orElse(null);
    if (result == null) {
      waitOn(claim, pollInterval(provider));
      return;
    }
    failures.logNotFetched(claim, provider.name(), result);
    boolean isHopeless = failure.reason() == ResultFetchException.Reason.UNUSABLE && isLate(claim);
    if (isHopeless || clock.instant().isAfter(result.expiresAt())) {
      submissions.lost(claim, result);
      results.fail(claim, FailurePolicy.codeOf(failure.reason()), failure.getMessage());
    } else {
      Instant next = failures.nextFetch(result);
      Instant earliest = nextPoll(provider);
      results.postpone(claim, next.isBefore(earliest) ? earliest : next);
    }
  }

  /** Cancels a provider job that no task waits for, if the provider can, and records the effect. */
  void cancel(TaskClaim.Job job) {
    String effect;
    try {
      ModelProvider provider = providers.model(job.provider());
      pacing.awaitTurn(provider); // the cancellation is sent even without a free rate limit slot
      effect = provider.cancel(job.id()).name();
    } catch (ProviderException | RuntimeException e) {
      LOG.log(Level.INFO, e, () -> "Job " + job.id() + " could not be cancelled");
      effect = NOT_TOLD;
    }
    submissions.cancelled(job, effect);
  }

  private boolean isLate(TaskClaim claim) {
    Instant from = beganAt(claim, availability.countsFrom(claim, claim.provider()));
    return clock.instant().isAfter(from.plus(settings.get(Setting.MODEL_DEADLINE)));
  }

  /**
   * Returns the earliest time at which the provider may have started a job. If it processes one job
   * at a time, that is the end of the previous job. A job that hangs must not delay the deadline
   * forever, so each job ahead adds at most one deadline.
   */
  private Instant beganAt(TaskClaim claim, Instant submittedAt) {
    End last = claim.job() == null ? null : lastEnds.get(claim.provider());
    if (last == null || last.job().equals(claim.job()) || !last.at().isAfter(submittedAt)) {
      return submittedAt;
    }
    int before = availability.openJobs(providers.model(claim.provider())) - 1;
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
