package io.maquette.worker;

import io.maquette.storage.DerivedFiles;
import io.maquette.storage.FileStore;
import io.maquette.task.DiscardedFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sweeper that deletes discarded files from the store; a file that it cannot delete stays listed.
 */
@ApplicationScoped
public class FileSweeper {

  private static final Logger LOG = Logger.getLogger(FileSweeper.class.getName());
  private static final int BATCH = 200;

  private DiscardedFiles discarded;
  private FileStore store;

  /** For CDI. */
  protected FileSweeper() {}

  @Inject
  FileSweeper(DiscardedFiles discarded, FileStore store) {
    this.discarded = discarded;
    this.store = store;
  }

  /** Deletes listed files until none is left or a deletion fails. */
  void sweep() {
    List<String> keys = discarded.oldest(BATCH);
    while (!keys.isEmpty()) {
      List<String> gone = new ArrayList<>();
      for (String key : keys) {
        try {
          delete(key);
          gone.add(key);
        } catch (IOException e) {
          LOG.log(
              Level.WARNING,
              e,
              () -> "The store did not delete file " + key + "; the sweeper tries again");
          if (isAway()) {
            break;
          }
        }
      }
      discarded.deleted(gone);
      keys = gone.size() == keys.size() ? discarded.oldest(BATCH) : List.of();
    }
  }

  /** Returns whether the store cannot be reached, so that the sweeper does not try every file. */
  private boolean isAway() {
    try {
      store.check();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private void delete(String key) throws IOException {
    if (!key.endsWith("/")) {
      store.delete(key);
      DerivedFiles.deleteOf(store, key);
      return;
    }
    for (String file : discarded.unneeded(store.keysIn(key.substring(0, key.length() - 1)))) {
      store.delete(file);
    }
  }
}
