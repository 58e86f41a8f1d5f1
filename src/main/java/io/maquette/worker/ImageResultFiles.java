package io.maquette.worker;

import io.maquette.provider.Drawing;
import io.maquette.provider.Picture;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.StoredFile;
import io.maquette.task.FileRef;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.PaidResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Storage of generated pictures, with the updates of their tasks and the ledger. */
@ApplicationScoped
public class ImageResultFiles {

  private FileStore store;
  private Submissions submissions;

  /** For CDI. */
  protected ImageResultFiles() {}

  @Inject
  ImageResultFiles(FileStore store, Submissions submissions) {
    this.store = store;
    this.submissions = submissions;
  }

  /** Update of a task with its stored picture. */
  interface Result<T> {
    T tell(AcceptedSubmission accepted, FileRef file) throws StaleClaimException;
  }

  /**
   * Stores a picture and updates its task.
   *
   * @return the value that the update returns
   * @throws IOException if it cannot be stored; the ledger then has the submission as accepted
   * @throws StaleClaimException if the claim is no longer valid; the ledger then has the submission
   *     as late
   */
  <T> T keep(TaskClaim claim, Submissions.Made<Drawing> made, Result<T> result)
      throws IOException, StaleClaimException {
    Drawing drawing = made.result();
    AcceptedSubmission accepted =
        new AcceptedSubmission(made.call(), drawing.jobId(), drawing.requestId(), made.wasPaid());
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
      return result.tell(accepted, refTo(file));
    } catch (StaleClaimException e) {
      submissions.late(accepted);
      store.delete(file.key());
      throw e;
    }
  }

  /** Creates the drawing of a paid picture that was fetched later. */
  static Drawing fetched(PaidResult result, Picture picture) {
    return new Drawing(picture, result.accepted().jobId(), result.accepted().requestId());
  }

  /** Returns a task's reference to a stored file. */
  static FileRef refTo(StoredFile file) {
    return new FileRef(file.key(), file.sha256(), file.type().mediaType(), file.size());
  }
}
