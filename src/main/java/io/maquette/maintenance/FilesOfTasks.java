package io.maquette.maintenance;

import io.maquette.asset.DamagedFileException;
import io.maquette.asset.FileStore;
import io.maquette.asset.FileType;
import io.maquette.asset.StoredFile;
import io.maquette.provider.JobState;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.ResultFile;
import io.maquette.task.FileRow;
import io.maquette.task.FileRows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Compares every file of a task with its digest. What is missing or damaged is fetched again where
 * its provider still has it, and taken only if it is the very same.
 */
@ApplicationScoped
@Named("file-rows")
public class FilesOfTasks implements Work<FileRow> {

  private static final int PAGE = 200;

  private FileRows rows;
  private FileStore store;
  private Providers providers;

  /** For CDI. */
  protected FilesOfTasks() {}

  @Inject
  FilesOfTasks(FileRows rows, FileStore store, Providers providers) {
    this.rows = rows;
    this.store = store;
    this.providers = providers;
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
  public Supplier<Outcome> process(LocalRun run, FileRow file) {
    Outcome outcome = look(file);
    return () -> outcome;
  }

  private Outcome look(FileRow file) {
    String found;
    try (InputStream content = store.open(file.key(), 0)) {
      if (digestOf(content).equals(file.sha256())) {
        return Outcome.READ;
      }
      found = "DAMAGED";
    } catch (DamagedFileException e) {
      found = "DAMAGED";
    } catch (NoSuchFileException e) {
      found = "MISSING";
    } catch (IOException e) {
      return Outcome.skipped(file.key(), "UNREADABLE", e.getClass().getSimpleName());
    }
    if (!rows.isThere(file)) {
      return Outcome.READ; // the task has let go of it meanwhile
    }
    try {
      fetchAgain(file);
      return Outcome.written(file.key(), "FETCHED_AGAIN", "it was " + found);
    } catch (NotToBeHadException e) {
      return Outcome.read(file.key(), found, e.getMessage());
    }
  }

  private static String digestOf(InputStream content) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static final class NotToBeHadException extends Exception {
    private static final long serialVersionUID = 1L;

    NotToBeHadException(String why) {
      super(why);
    }
  }

  private void fetchAgain(FileRow file) throws NotToBeHadException {
    if (file.provider() == null || file.jobId() == null) {
      throw new NotToBeHadException("no provider has it");
    }
    ResultFile result = resultOf(file);
    try (InputStream content = result.open()) {
      StoredFile stored =
          store.put(scopeOf(file.key()), FileType.ofMediaType(file.mediaType()), content);
      if (!stored.key().equals(file.key())) {
        store.delete(stored.key());
        throw new NotToBeHadException(file.provider() + " has another file now");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new NotToBeHadException(
          "it could not be fetched from " + file.provider() + ": " + e.getClass().getSimpleName());
    }
  }

  private ResultFile resultOf(FileRow file) throws NotToBeHadException {
    JobState state;
    try {
      state = providers.model(file.provider()).query(file.jobId());
    } catch (ProviderException e) {
      throw new NotToBeHadException(file.provider() + " does not give it: " + e.problem());
    } catch (RuntimeException e) {
      throw new NotToBeHadException(
          file.provider() + " cannot be asked: " + e.getClass().getSimpleName());
    }
    ResultFile result = file.place() == FileRow.MODEL ? state.result() : state.preview();
    if (result == null) {
      throw new NotToBeHadException(file.provider() + " has it no more");
    }
    return result;
  }

  /** The same file in the same scope has the same key. */
  private static String scopeOf(String key) {
    return key.substring(0, key.lastIndexOf('/'));
  }
}
