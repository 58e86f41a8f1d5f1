package io.maquette.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The port for files: pictures and models, each stored once under the digest of its content and
 * never changed.
 *
 * <p>A file's name is its SHA-256 within a <em>scope</em>. Each claim on a task stores in a scope
 * of its own, so that no key is ever written twice by different hands and deleting one can never
 * take away what somebody else has just stored.
 */
public interface FileStore extends AutoCloseable {

  /** The most files that are listed at once. */
  int MAX_LISTED = 1000;

  /** The name the setting {@code maquette.store} chooses this store by. */
  String name();

  /**
   * Stores a file: all of it, durably, or nothing. Storing the same content in the same scope again
   * is harmless.
   *
   * @param scope path of the owner, segments of letters, digits and hyphens separated by slashes
   * @param content read to its end, not closed
   * @throws IOException if it could not be stored whole (disk full, read-only, source broke off)
   */
  StoredFile put(String scope, FileType type, InputStream content) throws IOException;

  /**
   * Opens a file from a position on; the caller closes the stream.
   *
   * @param offset first byte wanted, 0 to the file's size
   * @throws java.nio.file.NoSuchFileException if there is no such file, or the key is not one of
   *     ours
   * @throws DamagedFileException while it is read from its first byte, before the last bytes, if
   *     its digest is not the one in its key
   */
  InputStream open(String key, long offset) throws IOException;

  /**
   * What is known of a file without reading it.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file, or the key is not one of
   *     ours
   */
  FileState state(String key) throws IOException;

  /** The keys of the files in a scope, or none; what is in scopes within it is not listed. */
  List<String> keysIn(String scope) throws IOException;

  /** Deletes a file; one that is not there is as good as deleted. */
  void delete(String key) throws IOException;

  /**
   * Lists files in the order of their keys, character by character.
   *
   * @param after keys behind this one are listed; empty for all
   * @param limit at most so many, 1 to {@link #MAX_LISTED}
   * @return an empty list at the end; a file that comes or goes meanwhile may be in it or not
   */
  List<ListedFile> list(String after, int limit) throws IOException;

  /**
   * Proves that a file could be stored now.
   *
   * @throws IOException saying why not
   */
  void check() throws IOException;

  /**
   * An address at which the store itself gives out a file for a short while to whoever has it; to
   * be told to nobody else, and not to a log.
   *
   * @param mediaType of the answer there
   * @param disposition {@code Content-Disposition} of the answer there
   * @return empty where only we give out files
   */
  default Optional<URI> directAddress(String key, String mediaType, String disposition) {
    return Optional.empty();
  }

  /** Lets go of what it holds outside this process; it is not used afterwards. */
  @Override
  default void close() {}
}
