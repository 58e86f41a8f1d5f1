package io.maquette.generation;

import io.maquette.asset.FileStore;
import io.maquette.asset.FileType;
import io.maquette.asset.StoredFile;
import io.maquette.provider.Drawing;
import io.maquette.provider.Picture;
import io.maquette.task.Accepted;
import io.maquette.task.Claim;
import io.maquette.task.FileRef;
import io.maquette.task.PaidResult;
import io.maquette.task.StaleClaimException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Keeps what was drawn, and tells its task and the ledger. */
@ApplicationScoped
public class Drawings {

  private FileStore store;
  private Submissions submissions;

  /** For CDI. */
  protected Drawings() {}

  @Inject
  Drawings(FileStore store, Submissions submissions) {
    this.store = store;
    this.submissions = submissions;
  }

  /** What a stored picture does to its task. */
  interface Result<T> {
    T tell(Accepted accepted, FileRef file) throws StaleClaimException;
  }

  /**
   * Stores a picture and tells its task.
   *
   * @return what the task's part returns
   * @throws IOException if it cannot be stored; that the provider has drawn it is in the ledger
   * @throws StaleClaimException if the task has moved on; the ledger has it as late
   */
  <T> T keep(Claim claim, Submissions.Made<Drawing> made, Result<T> result)
      throws IOException, StaleClaimException {
    Drawing drawing = made.result();
    Accepted accepted =
        new Accepted(made.call(), drawing.jobId(), drawing.requestId(), made.wasPaid());
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

  /** A picture that was fetched later than it was paid for. */
  static Drawing fetched(PaidResult result, Picture picture) {
    return new Drawing(picture, result.accepted().jobId(), result.accepted().requestId());
  }

  /** How a task refers to a file in the store. */
  static FileRef refTo(StoredFile file) {
    return new FileRef(file.key(), file.sha256(), file.type().mediaType(), file.size());
  }
}
