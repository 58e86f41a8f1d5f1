package io.maquette.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small file system of its own, which really is full and really is read-only when it is to be. To
 * mount one takes a right that not everybody has; whoever does not have it names one of about 128
 * MiB that nobody else uses in {@code -Dit.small-disk} (with Docker, {@code --tmpfs
 * /small:size=128m}), which can be full, but not be made read-only.
 */
final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 1 << 20;

  private final Path folder;
  private final boolean isMounted;

  private SmallDisk(Path folder, boolean isMounted) {
    this.folder = folder;
    this.isMounted = isMounted;
  }

  /** One that is mounted at a folder, or the one that was named. */
  static SmallDisk at(Path folder) throws IOException {
    String named = System.getProperty("it.small-disk");
    if (named != null) {
      return new SmallDisk(Path.of(named), false);
    }
    Files.createDirectories(folder);
    if (!mount("-t", "tmpfs", "-o", "size=128m", "maquette-test", folder.toString())) {
      throw new IllegalStateException(
          "No file system may be mounted here: run this as root, or name a small one in"
              + " -Dit.small-disk");
    }
    return new SmallDisk(folder, true);
  }

  private static boolean mount(String... arguments) throws IOException {
    return run("mount", arguments);
  }

  private static boolean run(String command, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).inheritIO().start().onExit().join().exitValue() == 0;
  }

  Path folder() {
    return folder;
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  /** Writes until nothing more fits. */
  void fill() {
    byte[] block = new byte[BLOCK];
    try (var out = Files.newOutputStream(ballast())) {
      for (int size = BLOCK; size > 0; ) {
        try {
          out.write(block, 0, size);
        } catch (IOException e) {
          size /= 2; // a block that does not fit may fit in part
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("it could not even be opened", e);
    }
  }

  /** Makes room again. */
  void free() throws IOException {
    Files.delete(ballast());
  }

  boolean mayBeReadOnly() {
    return isMounted;
  }

  void setReadOnly(boolean readOnly) throws IOException {
    if (!mount("-o", "remount," + (readOnly ? "ro" : "rw"), folder.toString())) {
      throw new IllegalStateException("the file system could not be mounted again");
    }
  }

  @Override
  public void close() throws IOException {
    if (isMounted) {
      run("umount", "-l", folder.toString());
    } else {
      Files.deleteIfExists(ballast());
    }
  }
}
