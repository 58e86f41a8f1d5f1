package io.maquette.storage;

import io.maquette.concurrent.BoundedCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reader of stored files that returns no wrong byte.
 *
 * <p>Before the first read it compares a file with the digest in its key. It caches the verdict
 * together with the file's {@linkplain FileStore.FileState size and version}, because parts of a
 * large file are read many times. The cache keeps a verdict for an hour, or for 30 seconds if the
 * file is damaged. A whole file is also compared while it is read. A change that the version does
 * not show is then noticed before the last bytes.
 */
@ApplicationScoped
public class IntactFiles {

  private static final int REMEMBERED = 10_000;
  private static final int AT_ONCE = 16;
  private static final Duration VALID_FOR = Duration.ofHours(1);

  /**
   * A short time, because the damage may be in the transfer, or a file with the same version may
   * replace the damaged one.
   */
  private static final Duration DAMAGED_FOR = Duration.ofSeconds(30);

  private final Object[] turns = IntStream.range(0, AT_ONCE).mapToObj(i -> new Object()).toArray();

  private final BoundedCache<String, Verdict> verdicts = new BoundedCache<>(REMEMBERED);

  private FileStore store;

  private record Verdict(FileStore.FileState state, boolean intact, long atNanos) {
    boolean holdsFor(FileStore.FileState now) {
      Duration valid = intact ? VALID_FOR : DAMAGED_FOR;
      return state.equals(now) && System.nanoTime() - atNanos < valid.toNanos();
    }
  }

  /** For CDI. */
  protected IntactFiles() {}

  /** Creates a reader for a store. */
  @Inject
  public IntactFiles(FileStore store) {
    this.store = store;
  }

  /**
   * Opens an intact file; the caller closes the stream.
   *
   * @param size in bytes, when it was stored
   * @param offset first byte wanted, 0 to {@code size}
   * @throws LostFileException if the file is missing, empty or damaged
   * @throws IOException if the store is unavailable
   */
  public InputStream open(String key, long size, long offset) throws IOException {
    verify(key, size);
    try {
      return new Watched(store.open(key, offset), key);
    } catch (NoSuchFileException e) {
      throw new LostFileException(key, FileFault.MISSING, e);
    } catch (IllegalArgumentException e) { // it became shorter since it was verified
      throw new LostFileException(key, FileFault.DAMAGED, e);
    }
  }

  /**
   * Reads a whole file.
   *
   * @throws LostFileException if the file is missing, empty or damaged
   * @throws IOException if the store is unavailable
   */
  public byte[] read(String key, long size) throws IOException {
    try (InputStream content = open(key, size, 0)) {
      return content.readAllBytes();
    }
  }

  /**
   * Verifies that a file is intact; reads it unless the verdict is cached.
   *
   * @throws LostFileException if the file is missing, empty or damaged
   * @throws IOException if the store is unavailable
   */
  public void verify(String key, long size) throws IOException {
    FileStore.FileState now = stateOf(key, size);
    if (!known(key, now)) {
      synchronized (turns[Math.floorMod(key.hashCode(), AT_ONCE)]) {
        if (!known(key, now)) {
          compare(key, size, now);
        }
      }
    }
  }

  /**
   * Verifies that a file exists in its size and has no cached fault, without reading it. For files
   * that the store itself serves.
   *
   * @throws LostFileException if the file is missing, empty, of another size, or known to be
   *     damaged
   * @throws IOException if the store is unavailable
   */
  public void glance(String key, long size) throws IOException {
    FileStore.FileState now = stateOf(key, size);
    Optional<Verdict> last = verdicts.get(key);
    if (last.isPresent() && !last.get().state().equals(now)) {
      verify(key, size); // written again since this node read it
    } else {
      known(key, now);
    }
  }

  /** Compares a file with its digest again, regardless of the cached verdict. */
  public void verifyAgain(String key, long size) throws IOException {
    verdicts.remove(key);
    verify(key, size);
  }

  private FileStore.FileState stateOf(String key, long size) throws IOException {
    FileStore.FileState now;
    try {
      now = store.state(key);
    } catch (NoSuchFileException e) {
      verdicts.remove(key);
      throw new LostFileException(key, FileFault.MISSING, e);
    }
    if (now.size() != size) {
      throw new LostFileException(key, fault(now.size(), size), null);
    }
    return now;
  }

  /**
   * Returns whether a file is known to be intact.
   *
   * @throws LostFileException if it is known to be damaged
   */
  private boolean known(String key, FileStore.FileState now) throws LostFileException {
    Optional<Verdict> last = verdicts.get(key).filter(verdict -> verdict.holdsFor(now));
    if (last.isPresent() && !last.get().intact()) {
      throw new LostFileException(key, FileFault.DAMAGED, null);
    }
    return last.isPresent();
  }

  private void compare(String key, long size, FileStore.FileState now) throws IOException {
    try (InputStream content = store.open(key, 0)) {
      content.transferTo(OutputStream.nullOutputStream());
      verdicts.put(key, new Verdict(now, true, System.nanoTime()));
    } catch (FileStore.DamagedFileException e) {
      verdicts.put(key, new Verdict(now, false, System.nanoTime()));
      throw new LostFileException(key, fault(now.size(), size), e);
    } catch (NoSuchFileException e) {
      throw new LostFileException(key, FileFault.MISSING, e);
    }
  }

  private static FileFault fault(long found, long stored) {
    return found == 0 && stored > 0 ? FileFault.EMPTY : FileFault.DAMAGED;
  }

  /**
   * Stream that drops the cached verdict if the content proves to be damaged; the next reader
   * compares the file first.
   */
  private final class Watched extends FilterInputStream {

    private final String key;

    Watched(InputStream content, String key) {
      super(content);
      this.key = key;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (FileStore.DamagedFileException e) {
        verdicts.remove(key);
        throw new LostFileException(key, FileFault.DAMAGED, e);
      }
    }
  }
}
