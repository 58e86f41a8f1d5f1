package io.maquette.worker;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.EditRequest;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageEditor;
import io.maquette.provider.Notes;
import io.maquette.provider.Picture;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.ResultAddress;
import io.maquette.storage.FileStore;
import io.maquette.storage.IntactFiles;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim.EditClaim;
import io.maquette.task.queue.TaskResult.ImageEdited;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.PaidResult;
import io.maquette.worker.Submissions.SubmissionResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Worker step that makes a new version of a picture. */
@ApplicationScoped
public class EditStep {

  private Providers providers;
  private FileStore store;
  private IntactFiles intact;
  private Submissions submissions;
  private ImageResultFiles files;
  private Notes notes;
  private Settings settings;

  /** For CDI. */
  protected EditStep() {}

  @Inject
  EditStep(
      Providers providers,
      FileStore store,
      IntactFiles intact,
      Submissions submissions,
      ImageResultFiles files,
      Notes notes,
      Settings settings) {
    this.providers = providers;
    this.store = store;
    this.intact = intact;
    this.submissions = submissions;
    this.files = files;
    this.notes = notes;
    this.settings = settings;
  }

  /** Makes the new version that the claim's instruction asks for. */
  ImageEdited edit(EditClaim claim)
      throws ProviderException, IOException, StaleClaimException, NotSubmittedException {
    ImageEditor editor = providers.editor();
    Picture picture = pictureOf(claim);
    submissions.awaitSlot(claim, editor, settings.get(Setting.WORKER_TICK));
    SubmissionResult<GeneratedPicture> made =
        submissions.submit(
            claim,
            editor,
            new VersionRequest(
                providers, picture, claim.instruction(), settings.get(Setting.IMAGE_DEADLINE)));
    notes.clear(Notes.EDITS);
    GeneratedPicture drawing = made.answer();
    AcceptedSubmission accepted = made.accepted(drawing.jobId(), drawing.requestId());
    return new ImageEdited(claim, accepted, files.put(claim, accepted, drawing.picture()));
  }

  private Picture pictureOf(EditClaim claim) throws IOException {
    // checked first, because a submission may cost money and its picture could not be stored
    store.check();
    return new Picture(
        intact.read(claim.picture().key(), claim.picture().size()), claim.picture().mediaType());
  }

  /** Request for a new version of a picture. */
  private record VersionRequest(
      Providers providers, Picture picture, String instruction, Duration timeout)
      implements PaidRequest<GeneratedPicture> {

    @Override
    public GeneratedPicture send(long call, Consumer<ResultAddress> paid) throws ProviderException {
      return providers.editor().edit(new EditRequest(picture, instruction, timeout, paid));
    }

    @Override
    public GeneratedPicture fetch(PaidResult result) throws ProviderException {
      return ImageResultFiles.fetched(
          result, providers.editor(result.provider()).fetch(result.address(), timeout));
    }
  }
}
