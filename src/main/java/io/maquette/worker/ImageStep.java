package io.maquette.worker;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.option.ImageOptions;
import io.maquette.provider.Deadline;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.ResultAddress;
import io.maquette.provider.UnsupportedOption;
import io.maquette.storage.FileStore;
import io.maquette.task.FileRef;
import io.maquette.task.ImageRemark;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.PaidResult;
import io.maquette.worker.Submissions.SubmissionResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Worker step that generates the next missing picture of a task. Each picture is stored and shown
 * at once, so that after a crash the next worker generates only the missing ones.
 */
@ApplicationScoped
public class ImageStep {

  private Providers providers;
  private FileStore store;
  private Submissions submissions;
  private ImageResultFiles files;
  private Settings settings;

  /** For CDI. */
  protected ImageStep() {}

  @Inject
  ImageStep(
      Providers providers,
      FileStore store,
      Submissions submissions,
      ImageResultFiles files,
      Settings settings) {
    this.providers = providers;
    this.store = store;
    this.submissions = submissions;
    this.files = files;
    this.settings = settings;
  }

  /** Generates the first missing picture of a claim. */
  ImageStored generate(ImageClaim claim)
      throws ProviderException, IOException, StaleClaimException, NotSubmittedException {
    int index = claim.missingImages().get(0);
    String variant = variantOf(claim, index);
    ImageProvider provider = providers.images();
    submissions.awaitSlot(claim, provider, settings.get(Setting.WORKER_TICK));
    Deadline deadline = Deadline.after(settings.get(Setting.IMAGE_DEADLINE));
    SubmissionResult<GeneratedPicture> made =
        submissions.submit(
            claim,
            provider,
            new PictureRequest(
                providers, provider, variant, index, claim.imageOptions(), deadline));
    GeneratedPicture drawing = made.answer();
    AcceptedSubmission accepted = made.accepted(drawing.jobId(), drawing.requestId());
    FileRef file = files.put(claim, accepted, drawing.picture());
    return new ImageStored(
        claim, accepted, claim.newImage(variant, remarkOf(drawing), file), nextProvider(claim));
  }

  private String variantOf(ImageClaim claim, int index) throws ProviderException, IOException {
    try {
      if (!claim.isContinued()) {
        // checked first, because a submission may cost money and its picture could not be stored
        store.check();
      }
      return providers.prompts().variantsOf(claim.prompt()).get(index);
    } catch (ProviderException | IOException | RuntimeException e) {
      submissions.withdraw(claim);
      throw e;
    }
  }

  /**
   * Returns the provider whose next submission may have its ledger row written with the current
   * picture; empty if the ledger must decide.
   */
  private Optional<String> nextProvider(ImageClaim claim) {
    boolean isFirstTry = claim.reserved().isPresent(); // otherwise an earlier submission may exist
    String provider = providers.images().name();
    return isFirstTry && claim.missingImages().size() > 1 && submissions.isOpen(provider)
        ? Optional.of(provider)
        : Optional.empty();
  }

  /** Returns the remark for the user about a picture; null if there is none. */
  private static ImageRemark remarkOf(GeneratedPicture drawing) {
    return drawing.remark() == null ? null : ImageRemark.valueOf(drawing.remark().name());
  }

  /** Request for one picture; looking for an earlier one and generating share one deadline. */
  private record PictureRequest(
      Providers providers,
      ImageProvider provider,
      String variant,
      int index,
      ImageOptions options,
      Deadline deadline)
      implements PaidRequest<GeneratedPicture> {

    @Override
    public GeneratedPicture send(long call, Consumer<ResultAddress> paid) throws ProviderException {
      UnsupportedOption.refuse(provider.name(), provider.capabilities().unsupported(options));
      return provider.generate(request(deadline.left(), paid));
    }

    @Override
    public Optional<GeneratedPicture> find(
        long call, Instant submittedAt, Predicate<String> isKnown, Consumer<ResultAddress> paid)
        throws ProviderException {
      return provider.find(request(deadline.left().dividedBy(2), paid), submittedAt, isKnown);
    }

    @Override
    public GeneratedPicture fetch(PaidResult result) throws ProviderException {
      return ImageResultFiles.fetched(
          result, providers.images(result.provider()).fetch(result.address(), deadline.left()));
    }

    private ImageRequest request(Duration timeout, Consumer<ResultAddress> paid) {
      return new ImageRequest(variant, index, timeout, paid, options);
    }
  }
}
