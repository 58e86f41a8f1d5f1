package io.maquette.storage;

import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What files are called in every store: the scope, the SHA-256 of the content, the type. */
final class FileKeys {

  /** Possessive: a part ends where its characters do, so that nothing is tried twice. */
  private static final Pattern SCOPE =
      Pattern.compile("[A-Za-z0-9-]{1,64}+(/[A-Za-z0-9-]{1,64}+){0,3}");

  private static final Pattern KEY =
      Pattern.compile(SCOPE.pattern() + "/[0-9a-f]{64}\\.[a-z0-9]{1,5}");

  private FileKeys() {}

  /**
   * Checks that a scope is one.
   *
   * @throws IllegalArgumentException if it is not
   */
  static void requireScope(String scope) {
    if (!SCOPE.matcher(scope).matches()) {
      throw new IllegalArgumentException("not a scope: " + scope);
    }
  }

  /**
   * Checks that a key may be one of ours.
   *
   * @throws NoSuchFileException if it opens nothing in any store
   */
  static void require(String key) throws NoSuchFileException {
    if (!isOne(key)) {
      throw new NoSuchFileException(key);
    }
  }

  /**
   * Checks how many files are to be listed at most.
   *
   * @throws IllegalArgumentException unless it is 1 to {@link FileStore#MAX_LISTED}
   */
  static void requireLimit(int limit) {
    if (limit < 1 || limit > FileStore.MAX_LISTED) {
      throw new IllegalArgumentException(
          "limit must be 1 to " + FileStore.MAX_LISTED + ": " + limit);
    }
  }

  /** Whether a key may be one of ours. */
  static boolean isOne(String key) {
    return KEY.matcher(key).matches();
  }

  /** The file with this content. */
  static StoredFile file(String scope, FileType type, MessageDigest digest, long size) {
    String hex = HexFormat.of().formatHex(digest.digest());
    return new StoredFile(scope + "/" + hex + "." + type.extension(), type, hex, size);
  }

  /** Whether a content has the digest that its key says. */
  static boolean isOf(String key, MessageDigest digest) {
    return key.contains("/" + HexFormat.of().formatHex(digest.digest()) + ".");
  }

  /** The digest that files are called by. */
  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
