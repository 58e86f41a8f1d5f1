package io.maquette.worker;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.Deadline;
import io.maquette.provider.Drawing;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Pacing;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.ResultAddress;
import io.maquette.storage.FileStore;
import io.maquette.task.ImageRemark;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.queue.TaskResults;
import io.maquette.task.submission.PaidResult;
import io.maquette.task.submission.PlannedSubmission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Worker step that generates the missing pictures of a task, one after the other. Each picture is
 * stored and shown at once, so that after a crash the next worker generates only the missing ones.
 */
@ApplicationScoped
public class ImageWorker {

  private Providers providers;
  private FileStore store;
  private TaskResults results;
  private Submissions submissions;
  private ImageResultFiles drawings;
  private FailurePolicy failures;
  private Pacing pacing;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected ImageWorker() {}

  @Inject
  ImageWorker(
      Providers providers,
      FileStore store,
      TaskResults results,
      Submissions submissions,
      ImageResultFiles drawings,
      FailurePolicy failures,
      Pacing pacing,
      Settings settings,
      Clock clock) {
    this.providers = providers;
    this.store = store;
    this.results = results;
    this.submissions = submissions;
    this.drawings = drawings;
    this.failures = failures;
    this.pacing = pacing;
    this.settings = settings;
    this.clock = clock;
  }

  void work(TaskClaim claim) throws StaleClaimException {
    try {
      make(claim, variantsOf(claim));
    } catch (ProviderException e) {
      failures.provider(claim, providers.images().name(), e);
    } catch (IOException e) {
      failures.store(claim, e);
    } catch (RuntimeException e) {
      failures.internal(claim, e);
    }
  }

  private List<String> variantsOf(TaskClaim claim) throws ProviderException, IOException {
    try {
      // checked first, because a submission may cost money and its picture could not be stored
      store.check();
      return providers.prompts().variantsOf(claim.prompt());
    } catch (ProviderException | IOException | RuntimeException e) {
      submissions.withdraw(ReservedSubmission.with(claim));
      throw e;
    }
  }

  /** Generates the missing pictures until the task is postponed or fails. */
  private void make(TaskClaim claim, List<String> variants)
      throws ProviderException, IOException, StaleClaimException {
    ImageProvider provider = providers.images();
    ReservedSubmission ready = ReservedSubmission.with(claim);
    for (int place = 0; place < claim.missingImages().size(); place++) {
      int index = claim.missingImages().get(place);
      String variant = variants.get(index);
      Submissions.Made<Drawing> made = draw(claim, provider, index, variant, ready).orElse(null);
      if (made == null) {
        return;
      }
      ready = store(claim, made, index, variant, next(claim, provider, place));
    }
  }

  /**
   * Generates one picture.
   *
   * @param ready ledger row that was written in advance; null if the ledger must decide
   * @return empty if the task was postponed or failed instead
   */
  private Optional<Submissions.Made<Drawing>> draw(
      TaskClaim claim, ImageProvider provider, int index, String variant, ReservedSubmission ready)
      throws ProviderException, StaleClaimException {
    if (!pacing.awaitTurn(provider)) {
      submissions.withdraw(ready);
      results.postpone(claim, clock.instant().plus(settings.get(Setting.WORKER_TICK)));
      return Optional.empty();
    }
    return submissions.submit(
        claim, index, provider, new PictureCall(provider, variant, index, time()), ready);
  }

  /**
   * Returns the submission whose ledger row may be written with the current picture; null if the
   * ledger must decide.
   */
  private PlannedSubmission next(TaskClaim claim, ImageProvider provider, int place) {
    boolean isFirstTry = claim.call() != null; // otherwise an earlier submission may exist
    return isFirstTry
            && place + 1 < claim.missingImages().size()
            && submissions.mayGoOn(provider.name())
        ? new PlannedSubmission(claim.missingImages().get(place + 1), provider.name())
        : null;
  }

  private ReservedSubmission store(
      TaskClaim claim,
      Submissions.Made<Drawing> made,
      int index,
      String variant,
      PlannedSubmission next)
      throws IOException, StaleClaimException {
    return drawings.keep(
        claim,
        made,
        (accepted, file) -> {
          Instant since = clock.instant();
          Long call =
              results.imageStored(
                  claim, accepted, index, variant, remark(made.result()), file, next);
          return call == null ? null : new ReservedSubmission(call, since);
        });
  }

  private static ImageRemark remark(Drawing drawing) {
    return drawing.remark() == null ? null : ImageRemark.valueOf(drawing.remark().name());
  }

  private Deadline time() {
    return Deadline.after(settings.get(Setting.IMAGE_DEADLINE));
  }

  /** Submission of one picture; looking for an earlier one and generating share one deadline. */
  private final class PictureCall implements Submissions.Call<Drawing> {
    private final ImageProvider provider;
    private final String variant;
    private final int index;
    private final Deadline deadline;

    PictureCall(ImageProvider provider, String variant, int index, Deadline deadline) {
      this.provider = provider;
      this.variant = variant;
      this.index = index;
      this.deadline = deadline;
    }

    @Override
    public Drawing make(Consumer<ResultAddress> paid) throws ProviderException {
      return provider.generate(request(deadline.left(), paid));
    }

    @Override
    public Optional<Drawing> find(
        Instant submittedAt, Predicate<String> isKnown, Consumer<ResultAddress> paid)
        throws ProviderException {
      return provider.find(request(deadline.left().dividedBy(2), paid), submittedAt, isKnown);
    }

    @Override
    public Drawing fetch(PaidResult result) throws ProviderException {
      return ImageResultFiles.fetched(
          result, providers.images(result.provider()).fetch(result.address(), deadline.left()));
    }

    private ImageRequest request(Duration timeout, Consumer<ResultAddress> paid) {
      return new ImageRequest(variant, index, timeout, paid);
    }
  }
}
