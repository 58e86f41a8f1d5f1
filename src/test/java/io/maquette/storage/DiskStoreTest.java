package io.maquette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract test of a folder that two nodes share, and test of details specific to folders. */
@Tag("fault")
class DiskStoreTest extends FileStoreContract {

  @TempDir Path folder;
  private DiskStore store;
  private DiskStore another;

  @BeforeEach
  void open() {
    store = new DiskStore(folder.resolve("files"));
    another = new DiskStore(folder.resolve("files"));
  }

  @Override
  FileStore store() {
    return store;
  }

  @Override
  FileStore another() {
    return another;
  }

  @Override
  void overwrite(String key, byte[] content) throws IOException {
    Files.write(placeOf(key), content);
  }

  private Path placeOf(String key) throws IOException {
    return files().stream().filter(path -> path.endsWith(key)).findFirst().orElseThrow();
  }

  @Override
  List<String> content() throws IOException {
    return files().stream().map(Path::toString).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void deleting_a_file_deletes_its_empty_folders() throws IOException {
    StoredFile file = put("one");
    store.delete(file.key());
    try (Stream<Path> left = Files.list(folder.resolve("files"))) {
      assertThat(left)
          .extracting(path -> path.getFileName().toString())
          .containsExactly("unfinished");
    }
  }

  @Test
  void a_symbolic_link_is_not_followed() throws IOException {
    StoredFile file = put("public");
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Path place =
        files().stream().filter(path -> path.toString().endsWith(".png")).findFirst().orElseThrow();
    Files.delete(place);
    Files.createSymbolicLink(place, secret);
    assertThatThrownBy(() -> store.open(file.key(), 0)).isInstanceOf(NoSuchFileException.class);

    Files.delete(place);
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve(place.getFileName()), "secret");
    Files.delete(place.getParent());
    Files.createSymbolicLink(place.getParent(), outside);
    assertThatThrownBy(() -> store.open(file.key(), 0)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void a_change_that_the_time_of_modification_does_not_show_is_noticed_before_the_last_bytes()
      throws IOException {
    byte[] content = large(100_000);
    StoredFile file = store.put(SCOPE, FileType.GLB, new ByteArrayInputStream(content));
    IntactFiles files = new IntactFiles(store);
    files.verify(file.key(), file.size());
    FileTime before = Files.getLastModifiedTime(placeOf(file.key()));
    content[99_999] ^= 1;
    overwrite(file.key(), content);
    Files.setLastModifiedTime(placeOf(file.key()), before);
    for (int read = 1; read <= 2; read++) {
      assertThatThrownBy(() -> files.read(file.key(), file.size()))
          .isInstanceOf(LostFileException.class);
    }
    assertThatThrownBy(() -> files.open(file.key(), file.size(), 5))
        .as("from then on, parts are not given out, either")
        .isInstanceOf(LostFileException.class);
  }

  @Test
  void a_folder_or_a_link_in_a_files_place_is_a_missing_file() throws IOException {
    StoredFile file = put("public");
    Path place = placeOf(file.key());
    Files.delete(place);
    Files.createDirectory(place);
    assertThatThrownBy(() -> new IntactFiles(store).open(file.key(), file.size(), 0))
        .isInstanceOfSatisfying(
            LostFileException.class, e -> assertThat(e.fault()).isEqualTo(FileFault.MISSING));
    Files.delete(place);
    Files.createSymbolicLink(place, Files.writeString(folder.resolve("secret"), "public"));
    assertThatThrownBy(() -> new IntactFiles(store).open(file.key(), file.size(), 0))
        .isInstanceOf(LostFileException.class);
  }

  @Test
  void a_folder_that_is_not_writable_is_reported() throws IOException {
    store.check();
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    DiskStore blocked = new DiskStore(notAFolder);
    assertThatThrownBy(blocked::check).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> blocked.put(SCOPE, FileType.PNG, stream("x")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void unfinished_files_of_a_dead_process_are_deleted_after_a_day() throws IOException {
    Path unfinished = Files.createDirectories(folder.resolve("files/unfinished"));
    Path old = Files.writeString(unfinished.resolve("old"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(90_000)));
    Path young = Files.writeString(unfinished.resolve("young"), "half");
    assertThat(store.removeAbandoned()).isEqualTo(1);
    assertThat(young).exists();
    assertThat(old).doesNotExist();
  }

  @Test
  void foreign_files_are_not_listed() throws IOException {
    StoredFile file = store.put("ab/1", FileType.PNG, stream("one"));
    Files.writeString(folder.resolve("files/stray"), "not ours");
    Files.writeString(folder.resolve("files/ab/stray"), "not ours");
    assertThat(store.list("", 10))
        .extracting(FileStore.ListedFile::key)
        .containsExactly(file.key());
    assertThat(new DiskStore(folder.resolve("nothing")).list("", 10)).isEmpty();
  }
}
