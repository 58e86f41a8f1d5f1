package io.maquette.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port for file storage: pictures and models, each stored once under the digest of its content and
 * never changed.
 *
 * <p>A file's name is its SHA-256 within a <em>scope</em>. Each claim on a task stores in its own
 * scope. Two claims therefore never write the same key, and deleting a file never removes one that
 * another claim has just stored.
 */
public interface FileStore extends AutoCloseable {

  /** Maximum number of files listed at once. */
  int MAX_LISTED = 1000;

  /** Returns the name by which the setting {@code maquette.store} chooses this store. */
  String name();

  /**
   * Stores a file durably and completely, or not at all. Storing the same content in the same scope
   * again is harmless.
   *
   * @param scope path of the owner, segments of letters, digits and hyphens separated by slashes
   * @param content read to its end, not closed
   * @throws IOException if it could not be stored completely (disk full, read-only, source broke
   *     off)
   */
  StoredFile put(String scope, FileType type, InputStream content) throws IOException;

  /**
   * Opens a file at a position; the caller closes the stream.
   *
   * @param offset first byte wanted, 0 to the file's size
   * @throws java.nio.file.NoSuchFileException if there is no such file, or the key has another form
   * @throws DamagedFileException while it is read from its first byte, before the last bytes, if
   *     its digest is not the one in its key
   */
  InputStream open(String key, long offset) throws IOException;

  /**
   * Returns the properties of a file without reading it.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file, or the key has another form
   */
  FileState state(String key) throws IOException;

  /** Lists the keys of the files in a scope, without those of nested scopes. */
  List<String> keysIn(String scope) throws IOException;

  /** Deletes a file; a missing file is no error. */
  void delete(String key) throws IOException;

  /**
   * Lists files in the order of their keys, character by character.
   *
   * @param after only keys after this one are listed; empty for all
   * @param limit maximum number of files, 1 to {@link #MAX_LISTED}
   * @return an empty list at the end; it may or may not contain files stored or deleted meanwhile
   */
  List<ListedFile> list(String after, int limit) throws IOException;

  /**
   * Checks that a file could be stored now.
   *
   * @throws IOException with the reason if it could not
   */
  void check() throws IOException;

  /**
   * Creates an address at which the store itself serves a file for a short time to any client that
   * knows the address. The address must not be given to other users or written to a log.
   *
   * @param mediaType content type of the store's response
   * @param disposition {@code Content-Disposition} of the store's response
   * @return empty if only the application serves files
   */
  default Optional<URI> directAddress(String key, String mediaType, String disposition) {
    return Optional.empty();
  }

  /** Releases resources outside this process; the store is not used afterwards. */
  @Override
  default void close() {}

  /**
   * Properties of a file that the store reports without reading it.
   *
   * @param size in bytes
   * @param version changes when the file is written again: its time of modification, or its {@code
   *     ETag}
   */
  record FileState(long size, String version) {}

  /**
   * File in a listing of the store.
   *
   * @param key key that opens it
   * @param size in bytes
   * @param storedAt time by the store's own clock
   */
  record ListedFile(String key, long size, Instant storedAt) {}

  /** Failure of the store to return the content that was stored. */
  class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedFileException(String key) {
      super("the store does not return what was stored: " + key);
    }
  }
}
