package io.maquette.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files derived from another file of the store, one of each type. They are in a scope within the
 * original's own scope, named after the original. They are therefore found without a row, and
 * deleted with the original.
 */
public final class DerivedFiles {

  private static final Pattern DERIVED = Pattern.compile("(.+/[0-9a-f]{64})/([0-9a-f]{64})\\.\\w+");

  private DerivedFiles() {}

  /** Returns the scope of the files derived from a model file. */
  private static String scopeOf(String origin) {
    return origin.substring(0, origin.length() - FileType.GLB.extension().length() - 1);
  }

  /**
   * Returns the model file from which a file was derived, or the file itself if it is not derived.
   */
  public static String originOf(String key) {
    Matcher derived = DERIVED.matcher(key);
    return derived.matches() ? derived.group(1) + "." + FileType.GLB.extension() : key;
  }

  /** Finds the stored derived file of a type. */
  public static Optional<StoredFile> find(FileStore store, String origin, FileType type)
      throws IOException {
    String scope = scopeOf(origin) + "/";
    return store.list(scope, FileType.values().length).stream()
        .filter(file -> file.key().startsWith(scope))
        .filter(file -> file.key().endsWith("." + type.extension()))
        .findFirst()
        .map(file -> new StoredFile(file.key(), type, digestOf(file.key()), file.size()));
  }

  private static String digestOf(String key) {
    return key.substring(key.lastIndexOf('/') + 1, key.lastIndexOf('.'));
  }

  /** Stores a file derived from a model file. */
  public static StoredFile put(FileStore store, String origin, FileType type, InputStream content)
      throws IOException {
    return store.put(scopeOf(origin), type, content);
  }

  /** Deletes all files derived from a file. */
  public static void deleteOf(FileStore store, String origin) throws IOException {
    if (origin.endsWith("." + FileType.GLB.extension())) {
      List<String> derived = store.keysIn(scopeOf(origin));
      for (String key : derived) {
        store.delete(key);
      }
    }
  }
}
