package io.maquette.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.logging.Logger;

/** What this node found when it last wrote to the database and looked at its file. */
@ApplicationScoped
public class DatabaseCondition {

  private static final Logger LOG = Logger.getLogger(DatabaseCondition.class.getName());
  private static final Duration REPEATED = Duration.ofMinutes(1);

  private volatile boolean unwritable;
  private volatile boolean fileProblem;
  private long loggedAt = System.nanoTime() - REPEATED.toNanos();

  /** Notes that this node could write. */
  public void isWritable() {
    unwritable = false;
  }

  /** Notes that this node could not write. */
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
      LOG.severe("The database is in danger: " + problem);
    }
  }

  /**
   * Returns what is wrong; null if nothing is known to be. Strangers may read it: paths and
   * addresses are in the log alone.
   */
  String problem() {
    if (fileProblem) {
      return "the database file was removed or replaced, see the log";
    }
    return unwritable ? "this node could not write, see the log" : null;
  }
}
