package io.maquette.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * File store in a folder. It writes a file to a temporary place, forces it to the disk and then
 * moves it to its place atomically. After a power failure a key opens either the whole file or
 * none.
 */
public final class DiskStore implements FileStore {

  private static final String UNFINISHED = "unfinished";
  private static final Duration ABANDONED = Duration.ofDays(1);
  private static final int ABANDONED_AT_ONCE = 10_000;
  private static final int MOVE_TRIES = 100;

  /** Free space in bytes below which the disk counts as full, because a model may be this large. */
  private static final long ROOM = 64L << 20;

  private final Path root;

  /** Creates the store in a folder, which it creates on first use. */
  public DiskStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public StoredFile put(String scope, FileType type, InputStream content) throws IOException {
    FileKeys.requireScope(scope);
    Path unfinished =
        Files.createDirectories(root.resolve(UNFINISHED)).resolve(UUID.randomUUID().toString());
    try {
      MessageDigest digest = FileKeys.digest();
      long size = write(unfinished, new DigestInputStream(content, digest));
      StoredFile file = FileKeys.file(scope, type, digest, size);
      moveInto(unfinished, placeOf(file.key()));
      return file;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static long write(Path file, InputStream content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      long size = content.transferTo(out);
      channel.force(true);
      return size;
    }
  }

  /**
   * Moves a file into its folder. Retries, because the folder disappears if another thread deletes
   * its last file at that moment.
   */
  private static void moveInto(Path file, Path place) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.createDirectories(place.getParent());
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        break;
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        if (tries == MOVE_TRIES) {
          throw e;
        }
      }
    }
    force(place.getParent());
  }

  /** Forces the move itself to the disk, if the file system supports that for folders. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      return; // the file has already been deleted again
    }
  }

  @Override
  public InputStream open(String key, long offset) throws IOException {
    Path file = place(key);
    attributesOf(file, key);
    SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    long size = channel.size();
    if (offset < 0 || offset > size) {
      channel.close();
      throw new IllegalArgumentException("offset outside the file: " + offset);
    }
    channel.position(offset);
    InputStream content = Channels.newInputStream(channel);
    return offset == 0 ? new VerifiedContent(content, key, size) : content;
  }

  @Override
  public FileStore.FileState state(String key) throws IOException {
    BasicFileAttributes file = attributesOf(place(key), key);
    return new FileStore.FileState(file.size(), file.lastModifiedTime().toString());
  }

  /**
   * Reads the attributes of a regular file below the root.
   *
   * @throws NoSuchFileException if there is no file, or a folder or link in its place
   * @throws IOException if the folder cannot be read, for instance for lack of permission
   */
  private BasicFileAttributes attributesOf(Path file, String key) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile() || !file.toRealPath().startsWith(root.toRealPath())) {
      throw new NoSuchFileException(key);
    }
    return attributes;
  }

  @Override
  public List<String> keysIn(String scope) throws IOException {
    FileKeys.requireScope(scope);
    Path folder = root.resolve(scope.substring(0, 2).replace('/', '_')).resolve(scope);
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> scope + "/" + file.getFileName()).filter(FileKeys::isOne).toList();
    } catch (NoSuchFileException e) {
      return List.of(); // nothing was ever stored there
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Path file = place(key);
    Files.deleteIfExists(file);
    for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        return; // other files are in the folder
      }
    }
  }

  @Override
  public List<FileStore.ListedFile> list(String after, int limit) throws IOException {
    FileKeys.requireLimit(limit);
    List<FileStore.ListedFile> files = new ArrayList<>();
    for (Path shelf : childrenOf(root)) {
      String beginning = shelf.getFileName().toString().replace('_', '/');
      if (beginning.length() == 2
          && beginning.compareTo(after.substring(0, Math.min(2, after.length()))) >= 0) {
        list(shelf, "", after, limit, files);
      }
    }
    return files;
  }

  /** Lists a folder in the order of the keys; for the order, a folder's name ends with a slash. */
  private static void list(
      Path folder, String prefix, String after, int limit, List<FileStore.ListedFile> files)
      throws IOException {
    for (Path child : childrenOf(folder)) {
      if (files.size() == limit) {
        return;
      }
      String key = prefix + child.getFileName();
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        String below = key + "/";
        if (below.compareTo(after) > 0 || after.startsWith(below)) {
          list(child, below, after, limit, files);
        }
      } else if (key.compareTo(after) > 0 && FileKeys.isOne(key)) {
        fileAt(child, key).ifPresent(files::add);
      }
    }
  }

  private static Optional<FileStore.ListedFile> fileAt(Path place, String key) throws IOException {
    try {
      BasicFileAttributes file =
          Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
              new FileStore.ListedFile(key, file.size(), file.lastModifiedTime().toInstant()))
          .filter(found -> file.isRegularFile());
    } catch (NoSuchFileException e) {
      return Optional.empty(); // deleted meanwhile
    }
  }

  private static List<Path> childrenOf(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .sorted(
              Comparator.comparing(
                  child -> child.getFileName() + (Files.isDirectory(child) ? "/" : "")))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of(); // deleted meanwhile, or nothing was ever stored
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void check() throws IOException {
    byte[] probe = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    Path folder = Files.createDirectories(root.resolve(UNFINISHED));
    long left = Files.getFileStore(folder).getUsableSpace();
    if (left < ROOM) {
      throw new IOException("the disk has only " + left + " bytes of free space");
    }
    Path file = folder.resolve("probe-" + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(probe));
      }
      if (!MessageDigest.isEqual(Files.readAllBytes(file), probe)) {
        throw new IOException("the store does not return what was stored");
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Removes temporary files older than a day, which a process left when it died.
   *
   * @return their number
   */
  int removeAbandoned() throws IOException {
    Path folder = root.resolve(UNFINISHED);
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    Instant oldest = Instant.now().minus(ABANDONED);
    int removed = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.limit(ABANDONED_AT_ONCE).toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)
            && Files.deleteIfExists(file)) {
          removed++;
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return removed;
  }

  private Path place(String key) throws NoSuchFileException {
    FileKeys.require(key);
    return placeOf(key);
  }

  /**
   * Returns the place of a file. Folders are split by the first two characters, so that none grows
   * too large.
   */
  private Path placeOf(String key) {
    return root.resolve(key.substring(0, 2).replace('/', '_')).resolve(key);
  }
}
