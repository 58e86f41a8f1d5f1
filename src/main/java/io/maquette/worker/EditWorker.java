package io.maquette.worker;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.Drawing;
import io.maquette.provider.EditRequest;
import io.maquette.provider.ImageEditor;
import io.maquette.provider.Notes;
import io.maquette.provider.Pacing;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.ResultAddress;
import io.maquette.storage.FileStore;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.queue.TaskResults;
import io.maquette.task.submission.PaidResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;

/** Worker step that makes a new version of a picture. */
@ApplicationScoped
public class EditWorker {

  private Providers providers;
  private FileStore store;
  private IntactFiles intact;
  private TaskResults results;
  private Submissions submissions;
  private ImageResultFiles drawings;
  private FailurePolicy failures;
  private Pacing pacing;
  private Notes notes;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected EditWorker() {}

  @Inject
  EditWorker(
      Providers providers,
      FileStore store,
      IntactFiles intact,
      TaskResults results,
      Submissions submissions,
      ImageResultFiles drawings,
      FailurePolicy failures,
      Pacing pacing,
      Notes notes,
      Settings settings,
      Clock clock) {
    this.providers = providers;
    this.store = store;
    this.intact = intact;
    this.results = results;
    this.submissions = submissions;
    this.drawings = drawings;
    this.failures = failures;
    this.pacing = pacing;
    this.notes = notes;
    this.settings = settings;
    this.clock = clock;
  }

  void work(TaskClaim claim) throws StaleClaimException {
    ImageEditor editor = providers.editor();
    try {
      make(claim, editor);
    } catch (ProviderException e) {
      failures.provider(claim, editor.name(), e);
    } catch (LostFileException e) {
      failures.pictureLost(claim, e);
    } catch (IOException e) {
      failures.store(claim, e);
    } catch (RuntimeException e) {
      failures.internal(claim, e);
    }
  }

  private void make(TaskClaim claim, ImageEditor editor)
      throws ProviderException, IOException, StaleClaimException {
    Picture picture = pictureOf(claim);
    if (!pacing.awaitTurn(editor)) {
      results.postpone(claim, clock.instant().plus(settings.get(Setting.WORKER_TICK)));
      return;
    }
    Submissions.Made<Drawing> made =
        submissions
            .submit(
                claim, claim.missingImages().get(0), editor, new Edit(editor, picture, claim), null)
            .orElse(null);
    if (made != null) {
      notes.clear(Notes.EDITS);
      drawings.keep(
          claim,
          made,
          (accepted, file) -> {
            results.imageEdited(claim, accepted, file);
            return null;
          });
    }
  }

  private final class Edit implements Submissions.Call<Drawing> {
    private final ImageEditor editor;
    private final Picture picture;
    private final TaskClaim claim;

    Edit(ImageEditor editor, Picture picture, TaskClaim claim) {
      this.editor = editor;
      this.picture = picture;
      this.claim = claim;
    }

    @Override
    public Drawing make(Consumer<ResultAddress> paid) throws ProviderException {
      return editor.edit(
          new EditRequest(picture, claim.prompt(), settings.get(Setting.IMAGE_DEADLINE), paid));
    }

    @Override
    public Drawing fetch(PaidResult result) throws ProviderException {
      return ImageResultFiles.fetched(
          result,
          providers
              .editor(result.provider())
              .fetch(result.address(), settings.get(Setting.IMAGE_DEADLINE)));
    }
  }

  private Picture pictureOf(TaskClaim claim) throws IOException {
    // checked first, because a submission may cost money and its picture could not be stored
    store.check();
    return new Picture(
        intact.read(claim.picture().key(), claim.picture().size()), claim.picture().mediaType());
  }
}
