package io.maquette.generation;

import io.maquette.asset.FileStore;
import io.maquette.asset.FileType;
import io.maquette.asset.StoredFile;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.task.Claim;
import io.maquette.task.FileRef;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

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
  private Settings settings;

  /** For CDI. */
  protected PictureWorker() {}

  @Inject
  PictureWorker(
      Providers providers,
      FileStore store,
      TaskService tasks,
      Submissions submissions,
      StepFailures failures,
      Settings settings) {
    this.providers = providers;
    this.store = store;
    this.tasks = tasks;
    this.submissions = submissions;
    this.failures = failures;
    this.settings = settings;
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
    Long call = submissions.begin(claim, index, provider.name(), provider.costs());
    if (call == null) {
      return false;
    }
    Picture picture =
        submissions.make(
            call,
            provider.name(),
            () ->
                provider.generate(
                    new ImageRequest(variant, index, settings.get(Setting.IMAGE_DEADLINE))));
    StoredFile file;
    try {
      file =
          store.put(
              claim.storeScope(),
              FileType.ofMediaType(picture.mediaType()),
              new ByteArrayInputStream(picture.content()));
    } catch (IOException e) {
      submissions.accepted(call);
      throw e;
    }
    try {
      tasks.imageStored(claim, call, index, variant, refTo(file));
      return true;
    } catch (StaleClaimException e) {
      submissions.late(call, null, null);
      store.delete(file.key());
      throw e;
    }
  }

  static FileRef refTo(StoredFile file) {
    return new FileRef(file.key(), file.sha256(), file.type().mediaType(), file.size());
  }
}
