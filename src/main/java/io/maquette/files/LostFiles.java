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
 * Notes lost files where they are noticed: by a request, a worker, or a job. A lost file has one
 * row, one line in the log, and counts in the metric {@code maquette.files.lost} until it is back.
 */
@ApplicationScoped
public class LostFiles {

  private static final Logger LOG = Logger.getLogger(LostFiles.class.getName());
  private static final int MAX_TRIES = 5;
  private static final int MOST_CAUSES = 20;
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

  private LostFileRows rows;
  private Event<LostFile> noticed;

  /** For CDI. */
  protected LostFiles() {}

  /** Notes them in these rows, and says so. */
  @Inject
  public LostFiles(LostFileRows rows, Event<LostFile> noticed) {
    this.rows = rows;
    this.noticed = noticed;
  }

  /**
   * Notes a lost file; one that its provider still has is fetched again soon.
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
      if (file.remedy() == FileRemedy.FETCH_AGAIN) {
        noticed.fire(file);
      }
    }
    return Optional.of(file);
  }

  /**
   * Notes once more after a conflict: the row of the first request, or a deleted task, is found.
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
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof SQLException sql && String.valueOf(sql.getSQLState()).startsWith("23")) {
        return;
      }
      cause = cause.getCause();
    }
    throw failure;
  }

  /**
   * Fetching a lost file again has failed: it is tried five times where that may help.
   *
   * @return what happens next
   */
  public FileRemedy notFetched(LostFile file, RefetchedFiles.NotFetchedException failure) {
    if (file.remedy() != FileRemedy.FETCH_AGAIN) {
      return file.remedy();
    }
    boolean again = failure.isPassing() && file.tries() + 1 < MAX_TRIES;
    FileRemedy next = again ? FileRemedy.FETCH_AGAIN : FileRemedy.MAKE_AGAIN;
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
                + " was not fetched again"
                + (again ? ", the next try is soon: " : ", there are no more tries: ")
                + failure.getMessage());
    return next;
  }

  /** A file is back, as it was stored. */
  public void forget(String key) {
    rows.forget(key);
  }

  /** The file in words, for logs; pictures are counted from 1, as on the pages. */
  static String nameOf(LostFile file) {
    return switch (file.place()) {
      case FileRow.MODEL -> "the model";
      case FileRow.PREVIEW -> "the preview";
      default -> "picture " + (file.place() + 1);
    };
  }
}
