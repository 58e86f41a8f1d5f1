package io.maquette.generation;

import io.maquette.asset.FileStore;
import io.maquette.asset.FileType;
import io.maquette.asset.StoredFile;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.provider.Deadline;
import io.maquette.provider.Drawing;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Pacing;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.task.Accepted;
import io.maquette.task.Claim;
import io.maquette.task.FileRef;
import io.maquette.task.ImageRemark;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes the pictures a task still lacks, one after the other. Each is stored and shown as soon as
 * it is there, so that after a crash the next worker goes on from what is there.
 */
@ApplicationScoped
public class PictureWorker {

  private Providers providers;
  private FileStore store;
  private TaskService tasks;
  private Submissions submissions;
  private StepFailures failures;
  private Pacing pacing;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected PictureWorker() {}

  @Inject
  PictureWorker(
      Providers providers,
      FileStore store,
      TaskService tasks,
      Submissions submissions,
      StepFailures failures,
      Pacing pacing,
      Settings settings,
      Clock clock) {
    this.providers = providers;
    this.store = store;
    this.tasks = tasks;
    this.submissions = submissions;
    this.failures = failures;
    this.pacing = pacing;
    this.settings = settings;
    this.clock = clock;
  }

  void work(Claim claim) throws StaleClaimException {
    try {
      store.check(); // a picture that cannot be kept is not asked for, it may have to be paid
      List<String> variants = providers.prompts().variantsOf(claim.prompt());
      for (int index : claim.missingImages()) {
        if (!make(claim, index, variants.get(index))) {
          return;
        }
      }
    } catch (ProviderException e) {
      failures.provider(claim, providers.images().name(), e);
    } catch (IOException e) {
      failures.store(claim, e);
    } catch (RuntimeException e) {
      failures.internal(claim, e);
    }
  }

  /** Makes one picture; false if the task was put off or given up instead. */
  private boolean make(Claim claim, int index, String variant)
      throws ProviderException, IOException, StaleClaimException {
    ImageProvider provider = providers.images();
    if (!pacing.awaitTurn(provider)) {
      tasks.postpone(claim, clock.instant().plus(settings.get(Setting.WORKER_TICK)));
      return false;
    }
    Submissions.Made<Drawing> made =
        submissions
            .submit(claim, index, provider, new PictureCall(provider, variant, index, time()))
            .orElse(null);
    if (made == null) {
      return false;
    }
    Drawing drawing = made.result();
    Accepted accepted = new Accepted(made.call(), drawing.jobId(), drawing.requestId());
    StoredFile file;
    try {
      file =
          store.put(
              claim.storeScope(),
              FileType.ofMediaType(drawing.picture().mediaType()),
              new ByteArrayInputStream(drawing.picture().content()));
    } catch (IOException e) {
      submissions.accepted(accepted);
      throw e;
    }
    try {
      tasks.imageStored(claim, accepted, index, variant, remark(drawing), refTo(file));
      return true;
    } catch (StaleClaimException e) {
      submissions.late(accepted);
      store.delete(file.key());
      throw e;
    }
  }

  private static ImageRemark remark(Drawing drawing) {
    return drawing.remark() == null ? null : ImageRemark.valueOf(drawing.remark().name());
  }

  private Deadline time() {
    return Deadline.after(settings.get(Setting.IMAGE_DEADLINE));
  }

  /** Draws a picture; looking for it and drawing it share the time there is. */
  private record PictureCall(ImageProvider provider, String variant, int index, Deadline deadline)
      implements Submissions.Call<Drawing> {

    @Override
    public Drawing make() throws ProviderException {
      return provider.generate(request(deadline.left()));
    }

    @Override
    public Optional<Drawing> find(Instant submittedAt, Predicate<String> isKnown)
        throws ProviderException {
      return provider.find(request(deadline.left().dividedBy(2)), submittedAt, isKnown);
    }

    private ImageRequest request(Duration timeout) {
      return new ImageRequest(variant, index, timeout);
    }
  }

  static FileRef refTo(StoredFile file) {
    return new FileRef(file.key(), file.sha256(), file.type().mediaType(), file.size());
  }
}
