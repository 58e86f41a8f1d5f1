package io.maquette.files;

import io.maquette.storage.LostFileException;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Recorder of lost files that a request, a worker or a batch job detects. A lost file has one row
 * and one log line. It counts in the metric {@code maquette.files.lost} until it is restored.
 */
@ApplicationScoped
public class LostFiles {

  private static final Logger LOG = Logger.getLogger(LostFiles.class.getName());
  private static final int MAX_TRIES = 5;
  private static final int MAX_CAUSES = 20;
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

  private LostFileRows rows;
  private Event<LostFile> noticed;

  /** For CDI. */
  protected LostFiles() {}

  /** Creates a recorder that writes these rows and fires an event for each new lost file. */
  @Inject
  public LostFiles(LostFileRows rows, Event<LostFile> noticed) {
    this.rows = rows;
    this.noticed = noticed;
  }

  /**
   * Records a lost file; if its provider still has it, it is fetched again soon.
   *
   * @return empty if no task needs the file any more
   */
  public Optional<LostFile> note(LostFileException lost) {
    LostFileRows.Noted noted = noteRow(lost).orElse(null);
    if (noted == null) {
      return Optional.empty();
    }
    LostFile file = noted.file();
    if (noted.isNew()) {
      LOG.log(
          Level.WARNING,
          () ->
              "Task "
                  + file.taskId()
                  + ": "
                  + nameOf(file)
                  + " is "
                  + file.fault()
                  + " in the store; next: "
                  + file.remedy()
                  + " ("
                  + file.key()
                  + ")");
      if (file.remedy() == LostFile.Remedy.FETCH_AGAIN) {
        noticed.fire(file);
      }
    }
    return Optional.of(file);
  }

  /**
   * Records a lost file and retries after a conflict; the second attempt finds the row of the other
   * request, or no task.
   */
  private Optional<LostFileRows.Noted> noteRow(LostFileException lost) {
    try {
      return rows.note(lost.key(), lost.fault());
    } catch (EJBException e) {
      requireConflict(e);
    }
    try {
      return rows.note(lost.key(), lost.fault());
    } catch (EJBException e) {
      requireConflict(e);
      LOG.log(Level.FINE, "The task of lost file " + lost.key() + " was deleted meanwhile", e);
      return Optional.empty();
    }
  }

  /** Throws on a failure unless another transaction's row caused it (SQL state 23). */
  private static void requireConflict(EJBException failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof SQLException sql && String.valueOf(sql.getSQLState()).startsWith("23")) {
        return;
      }
      cause = cause.getCause();
    }
    throw failure;
  }

  /**
   * Records a failed attempt to fetch a lost file; up to {@value #MAX_TRIES} attempts are made if
   * the problem is transient.
   *
   * @return what happens next
   */
  public LostFile.Remedy notFetched(LostFile file, RefetchedFiles.NotFetchedException failure) {
    if (file.remedy() != LostFile.Remedy.FETCH_AGAIN) {
      return file.remedy();
    }
    boolean again = failure.isPassing() && file.tries() + 1 < MAX_TRIES;
    LostFile.Remedy next = again ? LostFile.Remedy.FETCH_AGAIN : LostFile.Remedy.MAKE_AGAIN;
    rows.fetchingFailed(
        file.key(),
        next,
        failure.getMessage(),
        again ? AFTER_FAILURE.multipliedBy(1L << file.tries()) : BETWEEN_LOOKS);
    LOG.log(
        Level.WARNING,
        () ->
            "Task "
                + file.taskId()
                + ": "
                + nameOf(file)
                + " was not downloaded again"
                + (again
                    ? ", the next attempt follows soon: "
                    : ", there are no further attempts: ")
                + failure.getMessage());
    return next;
  }

  /** Deletes the row of a restored file. */
  public void forget(String key) {
    rows.forget(key);
  }

  /** Returns the file's name for logs; pictures are counted from 1, as on the pages. */
  static String nameOf(LostFile file) {
    return switch (file.place()) {
      case FileRow.MODEL -> "the model";
      case FileRow.PREVIEW -> "the preview";
      default -> "picture " + (file.place() + 1);
    };
  }
}
