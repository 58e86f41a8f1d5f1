package io.maquette.worker;

import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.Picture;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.StoredFile;
import io.maquette.task.FileRef;
import io.maquette.task.TaskClaim;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.PaidResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Storage of generated pictures. */
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

  /**
   * Stores a picture.
   *
   * @param accepted submission that produced it
   * @throws IOException if it cannot be stored; the ledger then has the submission as accepted
   */
  FileRef put(TaskClaim claim, AcceptedSubmission accepted, Picture picture) throws IOException {
    try {
      return refTo(
          store.put(
              claim.storeScope(),
              FileType.ofMediaType(picture.mediaType()),
              new ByteArrayInputStream(picture.content())));
    } catch (IOException e) {
      submissions.recordAccepted(accepted);
      throw e;
    }
  }

  /** Creates the drawing of a paid picture that was fetched later. */
  static GeneratedPicture fetched(PaidResult result, Picture picture) {
    return new GeneratedPicture(picture, result.accepted().jobId(), result.accepted().requestId());
  }

  /** Returns a task's reference to a stored file. */
  static FileRef refTo(StoredFile file) {
    return new FileRef(file.key(), file.sha256(), file.type().mediaType(), file.size());
  }
}
