package io.maquette.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Stream of a whole file from a store, compared with the digest in its key. It withholds the last
 * bytes of a damaged file, so a reader that gets all bytes has the right ones.
 */
final class VerifiedContent extends FilterInputStream {

  private static final int SKIPPED_AT_ONCE = 8192;

  private final MessageDigest digest = FileKeys.digest();
  private final String key;
  private long left;
  private boolean verified;

  /**
   * Creates a stream over a file that is read from its first byte.
   *
   * @param size in bytes, as the store reports when it opens the file
   */
  VerifiedContent(InputStream content, String key, long size) {
    super(content);
    this.key = key;
    this.left = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      verify();
      return -1;
    }
    int count = super.read(into, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new FileStore.DamagedFileException(key); // shorter than the store reported
    }
    digest.update(into, offset, count);
    left -= count;
    if (left == 0) {
      verify();
    }
    return count;
  }

  private void verify() throws FileStore.DamagedFileException {
    if (!verified && !FileKeys.isOf(key, digest)) {
      throw new FileStore.DamagedFileException(key);
    }
    verified = true;
  }

  /** Reads the skipped bytes, because the digest covers all bytes. */
  @Override
  public long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, SKIPPED_AT_ONCE)]));
  }

  /** Returns false, because the same bytes would count twice after a reset. */
  @Override
  public boolean markSupported() {
    return false;
  }
}
