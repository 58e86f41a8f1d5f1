package io.maquette.files;

import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.ResultFile;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.StoredFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;

/** Fetcher of lost files from the providers that made them; it accepts only identical content. */
@ApplicationScoped
public class RefetchedFiles {

  private FileStore store;
  private Providers providers;

  /** Failure to fetch a file again; the message contains the reason. */
  public static final class NotFetchedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    NotFetchedException(String why, boolean passing) {
      super(why);
      this.passing = passing;
    }

    /** Returns whether another attempt may succeed. */
    boolean isPassing() {
      return passing;
    }
  }

  /** For CDI. */
  protected RefetchedFiles() {}

  /** Creates a fetcher for a store. */
  @Inject
  public RefetchedFiles(FileStore store, Providers providers) {
    this.store = store;
    this.providers = providers;
  }

  /**
   * Fetches a file and stores it under its key.
   *
   * @throws NotFetchedException if the provider does not return the identical file
   */
  public void fetch(FileRow file) throws NotFetchedException {
    if (file.provider() == null || file.jobId() == null) {
      throw new NotFetchedException("no provider has the file", false);
    }
    ResultFile result = resultOf(file);
    try (InputStream content = result.open()) {
      StoredFile stored =
          store.put(scopeOf(file.key()), FileType.ofMediaType(file.mediaType()), content);
      if (!stored.key().equals(file.key())) {
        store.delete(stored.key());
        throw new NotFetchedException(file.provider() + " has another file now", false);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new NotFetchedException(
          "the file could not be downloaded from "
              + file.provider()
              + ": "
              + e.getClass().getSimpleName(),
          true);
    }
  }

  private ResultFile resultOf(FileRow file) throws NotFetchedException {
    JobState state;
    try {
      state = providers.model(file.provider()).query(file.jobId());
    } catch (JobLostException e) {
      throw new NotFetchedException(
          file.provider() + " does not return the file: " + e.problem(), false);
    } catch (ProviderException e) {
      throw new NotFetchedException(
          file.provider() + " does not return the file: " + e.problem(), true);
    } catch (RuntimeException e) {
      throw new NotFetchedException(
          file.provider() + " cannot be called: " + e.getClass().getSimpleName(), true);
    }
    ResultFile result = file.place() == FileRow.MODEL ? state.result() : state.preview();
    if (result == null) {
      throw new NotFetchedException(file.provider() + " no longer has the file", false);
    }
    return result;
  }

  /** Returns the scope of a key; the same content in the same scope gets the same key. */
  private static String scopeOf(String key) {
    return key.substring(0, key.lastIndexOf('/'));
  }
}
