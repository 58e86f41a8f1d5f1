package io.maquette.generation;

import io.maquette.asset.FileStore;
import io.maquette.asset.FileType;
import io.maquette.asset.StoredFile;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
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
  private StepFailures failures;
  private Settings settings;

  /** For CDI. */
  protected PictureWorker() {}

  @Inject
  PictureWorker(
      Providers providers,
      FileStore store,
      TaskService tasks,
      StepFailures failures,
      Settings settings) {
    this.providers = providers;
    this.store = store;
    this.tasks = tasks;
    this.failures = failures;
    this.settings = settings;
  }

  void work(Claim claim) throws StaleClaimException {
    try {
      List<String> variants = providers.prompts().variantsOf(claim.prompt());
      for (int index : claim.missingImages()) {
        make(claim, index, variants.get(index));
      }
    } catch (ProviderException e) {
      failures.provider(claim, e);
    } catch (IOException e) {
      failures.store(claim, e);
    } catch (RuntimeException e) {
      failures.internal(claim, e);
    }
  }

  private void make(Claim claim, int index, String variant)
      throws ProviderException, IOException, StaleClaimException {
    Picture picture =
        providers
            .images()
            .generate(new ImageRequest(variant, index, settings.get(Setting.IMAGE_DEADLINE)));
    StoredFile file =
        store.put(
            claim.storeScope(),
            FileType.ofMediaType(picture.mediaType()),
            new ByteArrayInputStream(picture.content()));
    try {
      tasks.imageStored(claim, index, variant, refTo(file));
    } catch (StaleClaimException e) {
      store.delete(file.key());
      throw e;
    }
  }

  static FileRef refTo(StoredFile file) {
    return new FileRef(file.key(), file.sha256(), file.type().mediaType(), file.size());
  }
}
