package io.maquette.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files derived from another file of the store, one of each type and variant. They are in a scope
 * within the original's own scope, named after the original. They are therefore found without a
 * row, and deleted with the original. A variant has a scope within that one.
 */
public final class DerivedFiles {

  /** Variant of files that have no options. */
  public static final String PLAIN = "";

  /** The first letter of a variant's name sorts it behind all digests. */
  private static final String VARIANT = "[g-z][a-z0-9-]{0,63}";

  private static final Pattern DERIVED =
      Pattern.compile(
          "(.+?/[0-9a-f]{64})(/" + VARIANT + "|/[0-9a-f]{64}){0,3}/[0-9a-f]{64}\\.\\w+");

  /** Number of files that one step of a deletion lists. */
  private static final int PAGE = 64;

  private DerivedFiles() {}

  /** Returns the scope of the files derived from a model file. */
  private static String scopeOf(String origin) {
    return origin.substring(0, origin.length() - FileType.GLB.extension().length() - 1);
  }

  private static String scopeOf(String origin, String variant) {
    if (variant.equals(PLAIN)) {
      return scopeOf(origin);
    }
    if (!variant.matches(VARIANT)) {
      throw new IllegalArgumentException("not a name of a variant: " + variant);
    }
    return scopeOf(origin) + "/" + variant;
  }

  /**
   * Returns the model file from which a file was derived, directly or through another derived file;
   * the file itself if it is not derived.
   */
  public static String originOf(String key) {
    Matcher derived = DERIVED.matcher(key);
    return derived.matches() ? derived.group(1) + "." + FileType.GLB.extension() : key;
  }

  /** Finds the stored derived file of a type without options. */
  public static Optional<StoredFile> find(FileStore store, String origin, FileType type)
      throws IOException {
    return find(store, origin, PLAIN, type);
  }

  /**
   * Finds the stored derived file of a variant and type.
   *
   * @param variant 1 to 64 lower-case letters, digits and hyphens, beginning with g to z; or {@link
   *     #PLAIN}
   */
  public static Optional<StoredFile> find(
      FileStore store, String origin, String variant, FileType type) throws IOException {
    String scope = scopeOf(origin, variant) + "/";
    return store.list(scope, FileType.values().length).stream()
        .filter(file -> file.key().startsWith(scope))
        .filter(file -> file.key().indexOf('/', scope.length()) < 0)
        .filter(file -> file.key().endsWith("." + type.extension()))
        .findFirst()
        .map(file -> new StoredFile(file.key(), type, digestOf(file.key()), file.size()));
  }

  private static String digestOf(String key) {
    return key.substring(key.lastIndexOf('/') + 1, key.lastIndexOf('.'));
  }

  /** Stores a file derived from a model file without options. */
  public static StoredFile put(FileStore store, String origin, FileType type, InputStream content)
      throws IOException {
    return put(store, origin, PLAIN, type, content);
  }

  /**
   * Stores a file derived from a model file.
   *
   * @param variant as for {@link #find(FileStore, String, String, FileType)}
   */
  public static StoredFile put(
      FileStore store, String origin, String variant, FileType type, InputStream content)
      throws IOException {
    return store.put(scopeOf(origin, variant), type, content);
  }

  /**
   * Deletes files of variants, those with the last names, until a number of them is left.
   *
   * @param variants the beginning of the variants' names
   * @param most number of files that stay at most, below {@link FileStore#MAX_LISTED}
   */
  public static void limit(FileStore store, String origin, String variants, int most)
      throws IOException {
    String scope = scopeOf(origin, variants);
    List<FileStore.ListedFile> listed;
    do {
      listed =
          store.list(scope, most + PAGE).stream()
              .filter(file -> file.key().startsWith(scope))
              .toList();
      for (FileStore.ListedFile file :
          listed.subList(Math.min(most, listed.size()), listed.size())) {
        store.delete(file.key());
      }
    } while (listed.size() == most + PAGE);
  }

  /** Deletes all files derived from a file, of all variants. */
  public static void deleteOf(FileStore store, String origin) throws IOException {
    if (origin.endsWith("." + FileType.GLB.extension())) {
      String scope = scopeOf(origin) + "/";
      List<FileStore.ListedFile> listed;
      do {
        listed =
            store.list(scope, PAGE).stream().filter(file -> file.key().startsWith(scope)).toList();
        for (FileStore.ListedFile file : listed) {
          store.delete(file.key());
        }
      } while (listed.size() == PAGE);
    }
  }
}
