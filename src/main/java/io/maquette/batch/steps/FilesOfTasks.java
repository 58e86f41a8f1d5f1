package io.maquette.batch.steps;

import io.maquette.batch.BatchStep;
import io.maquette.batch.ItemResult;
import io.maquette.batch.LocalRun;
import io.maquette.batch.PagedIterator;
import io.maquette.files.FileRow;
import io.maquette.files.FileRows;
import io.maquette.files.LostFile;
import io.maquette.files.LostFiles;
import io.maquette.files.RefetchedFiles;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Batch step that compares every file of a task with its digest. It fetches a missing or damaged
 * file again if the provider still has it, and accepts only identical content.
 */
@ApplicationScoped
@Named("file-rows")
public class FilesOfTasks implements BatchStep<FileRow> {

  private static final int PAGE = 200;

  private FileRows rows;
  private IntactFiles intact;
  private RefetchedFiles refetched;
  private LostFiles lost;

  /** Required by CDI. */
  protected FilesOfTasks() {}

  @Inject
  public FilesOfTasks(FileRows rows, IntactFiles intact, RefetchedFiles refetched, LostFiles lost) {
    this.rows = rows;
    this.intact = intact;
    this.refetched = refetched;
    this.lost = lost;
  }

  @Override
  public OptionalLong count(LocalRun run) {
    return OptionalLong.of(rows.count());
  }

  @Override
  public Iterator<FileRow> items(LocalRun run, String after) {
    FileRow.Position last = after == null ? null : position(after);
    return new PagedIterator<>(file -> rows.page(file == null ? last : file.position(), PAGE));
  }

  @Override
  public String positionOf(FileRow file) {
    return file.taskId() + "/" + file.place();
  }

  private static FileRow.Position position(String text) {
    int slash = text.indexOf('/');
    return new FileRow.Position(
        UUID.fromString(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  @Override
  public Supplier<ItemResult> process(LocalRun run, FileRow file) {
    ItemResult outcome = look(file);
    return () -> outcome;
  }

  private ItemResult look(FileRow file) {
    LostFileException found;
    try {
      intact.verifyAgain(file.key(), file.size());
      lost.forget(file.key());
      return ItemResult.READ;
    } catch (LostFileException e) {
      found = e;
    } catch (IOException e) {
      return ItemResult.skipped(file.key(), "UNREADABLE", e.getClass().getSimpleName());
    }
    LostFile noted = lost.note(found).orElse(null);
    if (noted == null) {
      return ItemResult.READ; // the task has dropped the file meanwhile
    }
    try {
      refetched.fetch(file);
      lost.forget(file.key());
      return ItemResult.written(file.key(), "FETCHED_AGAIN", "it was " + found.fault());
    } catch (RefetchedFiles.NotFetchedException e) {
      return ItemResult.read(
          file.key(),
          found.fault().name(),
          e.getMessage() + "; " + wordsFor(lost.notFetched(noted, e)));
    }
  }

  /** Describes what an operator or the user can do. */
  private static String wordsFor(LostFile.Remedy remedy) {
    return switch (remedy) {
      case FETCH_AGAIN -> "the next attempt follows";
      case MAKE_AGAIN -> "generate the model again: choose a picture of the task";
      case DRAW_AGAIN -> "choose another picture of the task, or create a new task";
      case UPLOAD_AGAIN -> "upload the picture again in a new task";
    };
  }
}
