package io.maquette.storage;

import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Keys of files in every store: the scope, the SHA-256 of the content, the type. */
final class FileKeys {

  /** Possessive quantifiers prevent backtracking. */
  private static final Pattern SCOPE =
      Pattern.compile("[A-Za-z0-9-]{1,64}+(/[A-Za-z0-9-]{1,64}+){0,5}");

  private static final Pattern KEY =
      Pattern.compile(SCOPE.pattern() + "/[0-9a-f]{64}\\.[a-z0-9]{1,5}");

  private FileKeys() {}

  /**
   * Checks that a text is a scope.
   *
   * @throws IllegalArgumentException if it is not
   */
  static void requireScope(String scope) {
    if (!SCOPE.matcher(scope).matches()) {
      throw new IllegalArgumentException("not a scope: " + scope);
    }
  }

  /**
   * Checks that a text has the form of a key.
   *
   * @throws NoSuchFileException if it has not, so that no store has such a file
   */
  static void require(String key) throws NoSuchFileException {
    if (!isOne(key)) {
      throw new NoSuchFileException(key);
    }
  }

  /**
   * Checks the maximum number of files to list.
   *
   * @throws IllegalArgumentException unless it is 1 to {@link FileStore#MAX_LISTED}
   */
  static void requireLimit(int limit) {
    if (limit < 1 || limit > FileStore.MAX_LISTED) {
      throw new IllegalArgumentException(
          "limit must be 1 to " + FileStore.MAX_LISTED + ": " + limit);
    }
  }

  /** Returns whether a text has the form of a key. */
  static boolean isOne(String key) {
    return KEY.matcher(key).matches();
  }

  /** Creates the description of a file with this content. */
  static StoredFile file(String scope, FileType type, MessageDigest digest, long size) {
    String hex = HexFormat.of().formatHex(digest.digest());
    return new StoredFile(scope + "/" + hex + "." + type.extension(), type, hex, size);
  }

  /** Returns whether a content has the digest in its key. */
  static boolean isOf(String key, MessageDigest digest) {
    return key.contains("/" + HexFormat.of().formatHex(digest.digest()) + ".");
  }

  /** Creates a digest of the algorithm that keys use. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
