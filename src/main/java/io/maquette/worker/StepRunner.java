package io.maquette.worker;

import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.storage.FileStore;
import io.maquette.storage.LostFileException;
import io.maquette.task.FileRef;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.EditClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.JobTimedOut;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.queue.TaskResults;
import io.maquette.telemetry.TraceScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runner of the steps of all workers. It runs the step that fits the claim, lets {@link
 * FailurePolicy} decide about failures, and applies the result.
 */
@ApplicationScoped
public class StepRunner implements Worker.Step {

  private static final Logger LOG = Logger.getLogger(StepRunner.class.getName());

  private ImageStep images;
  private EditStep edits;
  private ModelSteps models;
  private FailurePolicy failures;
  private TaskResults results;
  private Submissions submissions;
  private StepTracing tracing;
  private Providers providers;
  private FileStore store;

  /** For CDI. */
  protected StepRunner() {}

  @Inject
  StepRunner(
      ImageStep images,
      EditStep edits,
      ModelSteps models,
      FailurePolicy failures,
      TaskResults results,
      Submissions submissions,
      StepTracing tracing,
      Providers providers,
      FileStore store) {
    this.images = images;
    this.edits = edits;
    this.models = models;
    this.failures = failures;
    this.results = results;
    this.submissions = submissions;
    this.tracing = tracing;
    this.providers = providers;
    this.store = store;
  }

  @Override
  public TraceScope openTrace(TaskClaim claim) {
    return tracing.begin(claim);
  }

  @Override
  public void withdraw(TaskClaim claim) {
    submissions.withdraw(claim);
  }

  /**
   * Runs steps until the claim ends.
   *
   * @throws StaleClaimException if the claim is no longer valid
   */
  @Override
  public void work(TaskClaim claim) throws StaleClaimException {
    Optional<? extends TaskClaim> next = Optional.of(claim);
    while (next.isPresent()) {
      next = step(next.get());
    }
  }

  private Optional<ImageClaim> step(TaskClaim claim) throws StaleClaimException {
    Optional<TaskResult> instead;
    try {
      return apply(run(claim));
    } catch (NotSubmittedException e) {
      instead = Optional.of(e.result());
    } catch (ProviderException e) {
      instead = failures.onProviderFailure(claim, providerOf(claim), e);
    } catch (LostFileException e) {
      instead = Optional.of(failures.onLostPicture(claim, e));
    } catch (IOException e) {
      instead = failures.onStoreFailure(claim, e);
    } catch (RuntimeException e) {
      instead = failures.onInternalError(claim, e);
    }
    return instead.isPresent() ? apply(instead.get()) : Optional.empty();
  }

  private TaskResult run(TaskClaim claim)
      throws ProviderException, IOException, StaleClaimException, NotSubmittedException {
    if (claim instanceof ImageClaim image) {
      return images.generate(image);
    }
    if (claim instanceof EditClaim edit) {
      return edits.edit(edit);
    }
    if (claim instanceof ModelClaim model) {
      return models.submit(model);
    }
    return models.poll((PollClaim) claim);
  }

  private String providerOf(TaskClaim claim) {
    return claim
        .modelProvider()
        .orElseGet(
            () -> (claim instanceof EditClaim ? providers.editor() : providers.images()).name());
  }

  private Optional<ImageClaim> apply(TaskResult result) throws StaleClaimException {
    try {
      Optional<ImageClaim> next = results.apply(result);
      if (result instanceof JobTimedOut timedOut) {
        models.cancel(timedOut.claim().job());
      }
      return next;
    } catch (StaleClaimException e) {
      discard(result);
      throw e;
    }
  }

  /** Records a refused result as late, deletes its files and cancels its provider job. */
  private void discard(TaskResult result) {
    result.submission().ifPresent(submissions::recordLate);
    result.files().forEach(this::delete);
    if (result instanceof ModelSubmitted submitted) {
      models.cancel(new TaskClaim.Job(submitted.claim().provider(), submitted.accepted().jobId()));
    }
  }

  private void delete(FileRef file) {
    try {
      store.delete(file.key());
    } catch (IOException e) { // the file sweeper deletes it, because its folder is listed
      LOG.log(
          Level.INFO, e, () -> "The store did not delete file " + file.key() + " of a late result");
    }
  }
}
