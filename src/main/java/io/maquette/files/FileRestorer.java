package io.maquette.files;

import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Restorer of lost files. It checks whether they are in the store again, and otherwise fetches them
 * from their providers. A file that cannot be fetched is checked every ten minutes, because an
 * operator may restore it from a backup.
 */
@ApplicationScoped
public class FileRestorer {

  private static final Logger LOG = Logger.getLogger(FileRestorer.class.getName());
  private static final int BATCH = 20;

  private LostFileRows lost;
  private FileRows files;
  private IntactFiles intact;
  private RefetchedFiles refetched;
  private LostFiles noted;

  /** For CDI. */
  protected FileRestorer() {}

  /** Creates a restorer for the lost files in these rows. */
  @Inject
  public FileRestorer(
      LostFileRows lost,
      FileRows files,
      IntactFiles intact,
      RefetchedFiles refetched,
      LostFiles noted) {
    this.lost = lost;
    this.files = files;
    this.intact = intact;
    this.refetched = refetched;
    this.noted = noted;
  }

  /** Checks all lost files that are due. */
  public void restore() {
    List<LostFile> due = lost.takeDue(BATCH);
    while (!due.isEmpty()) {
      due.forEach(this::restore);
      due = due.size() < BATCH ? List.of() : lost.takeDue(BATCH);
    }
  }

  private void restore(LostFile file) {
    FileRow row = files.find(file.key()).orElse(null);
    if (row == null) {
      lost.forget(file.key());
    } else if (isIntact(row)) {
      back(file, "is restored");
    } else if (file.remedy() == LostFile.Remedy.FETCH_AGAIN) {
      fetch(file, row);
    }
  }

  private boolean isIntact(FileRow row) {
    try {
      intact.verifyAgain(row.key(), row.size());
      return true;
    } catch (LostFileException e) {
      return false;
    } catch (IOException e) {
      LOG.log(Level.FINE, "The store cannot be read; the next check tries again", e);
      return false;
    }
  }

  private void fetch(LostFile file, FileRow row) {
    try {
      refetched.fetch(row);
      back(file, "was downloaded again from " + row.provider());
    } catch (RefetchedFiles.NotFetchedException e) {
      noted.notFetched(file, e);
    }
  }

  private void back(LostFile file, String how) {
    lost.forget(file.key());
    LOG.info(() -> "Task " + file.taskId() + ": " + LostFiles.nameOf(file) + " " + how);
  }
}
