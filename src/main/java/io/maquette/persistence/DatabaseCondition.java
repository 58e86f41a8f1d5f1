package io.maquette.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.logging.Logger;

/**
 * Condition of the database as this node found it at its last write and at the last check of the
 * file.
 */
@ApplicationScoped
public class DatabaseCondition {

  private static final Logger LOG = Logger.getLogger(DatabaseCondition.class.getName());
  private static final Duration REPEATED = Duration.ofMinutes(1);

  private volatile boolean unwritable;
  private volatile boolean fileProblem;
  private long loggedAt = System.nanoTime() - REPEATED.toNanos();

  /** Records that this node could write. */
  public void isWritable() {
    unwritable = false;
  }

  /** Records that this node could not write. */
  public void isUnwritable() {
    unwritable = true;
  }

  void fileIsWell() {
    fileProblem = false;
  }

  synchronized void fileHasProblem(String problem) {
    fileProblem = true;
    if (System.nanoTime() - loggedAt >= REPEATED.toNanos()) {
      loggedAt = System.nanoTime();
      LOG.severe("The database file is at risk: " + problem);
    }
  }

  /**
   * Returns the known problem; null if there is none. The text is public, so paths and addresses
   * are only in the log.
   */
  String problem() {
    if (fileProblem) {
      return "the database file was removed or replaced; see the log";
    }
    return unwritable ? "this node could not write to the database; see the log" : null;
  }
}
