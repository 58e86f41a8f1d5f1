package io.maquette.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that were made of another one of the store, of each type one. They are in a scope within
 * that file's own, named after it; so they are found without a row, and go with it.
 */
public final class DerivedFiles {

  private static final Pattern DERIVED = Pattern.compile("(.+/[0-9a-f]{64})/([0-9a-f]{64})\\.\\w+");

  private DerivedFiles() {}

  /** The scope of what is made of a model file. */
  private static String scopeOf(String origin) {
    return origin.substring(0, origin.length() - FileType.GLB.extension().length() - 1);
  }

  /** The model file that a file was made of; the file itself where it was made of none. */
  public static String originOf(String key) {
    Matcher derived = DERIVED.matcher(key);
    return derived.matches() ? derived.group(1) + "." + FileType.GLB.extension() : key;
  }

  /** The file of a type that was made of a model file before. */
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

  /** Stores what was made of a model file. */
  public static StoredFile put(FileStore store, String origin, FileType type, InputStream content)
      throws IOException {
    return store.put(scopeOf(origin), type, content);
  }

  /** Deletes whatever was made of a file. */
  public static void deleteOf(FileStore store, String origin) throws IOException {
    if (origin.endsWith("." + FileType.GLB.extension())) {
      List<String> derived = store.keysIn(scopeOf(origin));
      for (String key : derived) {
        store.delete(key);
      }
    }
  }
}
