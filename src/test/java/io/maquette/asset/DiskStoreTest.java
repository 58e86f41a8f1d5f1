package io.maquette.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskStoreTest {

  private static final String SCOPE = "0a1b2c3d-0000-4000-8000-000000000000/7";

  @TempDir Path folder;
  private DiskStore store;

  @BeforeEach
  void open() {
    store = new DiskStore(folder.resolve("files"));
  }

  private StoredFile put(String text) throws IOException {
    return store.put(SCOPE, FileType.PNG, stream(text));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private String read(String key, long offset) throws IOException {
    try (InputStream content = store.open(key, offset)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aFileIsKeptUnderTheDigestOfItsContent() throws IOException {
    StoredFile file = put("hello");
    assertThat(file.sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(file.key()).isEqualTo(SCOPE + "/" + file.sha256() + ".png");
    assertThat(file.size()).isEqualTo(5);
    assertThat(read(file.key(), 0)).isEqualTo("hello");
    assertThat(read(file.key(), 3)).isEqualTo("lo");
    assertThat(read(file.key(), 5)).isEmpty();
  }

  @Test
  void storingTheSameAgainIsHarmless() throws IOException {
    assertThat(put("hello")).isEqualTo(put("hello"));
    assertThat(files()).hasSize(1);
  }

  @Test
  void aSourceThatBreaksOffLeavesNothing() throws IOException {
    InputStream broken =
        new SequenceInputStream(
            stream("x".repeat(100_000)),
            new FilterInputStream(InputStream.nullInputStream()) {
              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(() -> store.put(SCOPE, FileType.GLB, broken)).hasMessage("connection reset");
    assertThat(files()).isEmpty();
  }

  @Test
  void theFilesOfAScopeAreListedAndThoseOfNoOther() throws IOException {
    assertThat(store.keysIn(SCOPE)).isEmpty();
    StoredFile one = put("one");
    StoredFile two = put("two");
    store.put(SCOPE + "0", FileType.PNG, stream("of a neighbour"));
    store.put(SCOPE + "/within", FileType.PNG, stream("further down"));
    assertThat(store.keysIn(SCOPE)).containsExactlyInAnyOrder(one.key(), two.key());
    assertThatThrownBy(() -> store.keysIn("..")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deletingTakesEmptyFoldersAlong() throws IOException {
    StoredFile one = put("one");
    StoredFile two = put("two");
    store.delete(one.key());
    store.delete(one.key());
    assertThat(read(two.key(), 0)).isEqualTo("two");
    store.delete(two.key());
    try (Stream<Path> left = Files.list(folder.resolve("files"))) {
      assertThat(left)
          .extracting(path -> path.getFileName().toString())
          .containsExactly("unfinished");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        ".",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../etc/passwd",
        "a/b/../c.png",
        "..%2f..%2fetc%2fpasswd",
        "a\\..\\b",
        "a/b",
        "a/b.png",
        "C:\\windows\\system.ini",
        "file:///etc/passwd",
        "a//b/0000000000000000000000000000000000000000000000000000000000000000.png",
        "a/0000000000000000000000000000000000000000000000000000000000000000",
        "a/000000000000000000000000000000000000000000000000000000000000000.png",
        "a/000000000000000000000000000000000000000000000000000000000000000G.png",
        "a/0000000000000000000000000000000000000000000000000000000000000000.png/..",
        "a/0000000000000000000000000000000000000000000000000000000000000000.png\u0000",
        "~/0000000000000000000000000000000000000000000000000000000000000000.png",
        "./0000000000000000000000000000000000000000000000000000000000000000.png",
        "a/0000000000000000000000000000000000000000000000000000000000000000.png ",
        "a b/0000000000000000000000000000000000000000000000000000000000000000.png",
        "ａ/0000000000000000000000000000000000000000000000000000000000000000.png",
        "a/0000000000000000000000000000000000000000000000000000000000000000.png",
      })
  void anOddKeyOpensNothing(String key) {
    assertThatThrownBy(() -> store.open(key, 0)).isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "..", "a/..", "a//b", "a\\b", "a/b/c/d/e", "a.b", " a"})
  void anOddScopeIsRefused(String scope) {
    assertThatThrownBy(() -> store.put(scope, FileType.PNG, stream("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPlantedLinkOpensNothing() throws IOException {
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
  void anOffsetOutsideTheFileIsRefused() throws IOException {
    StoredFile file = put("hello");
    assertThatThrownBy(() -> store.open(file.key(), 6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.open(file.key(), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void puttingAndDeletingAtOnceLosesNothing() throws Exception {
    ExecutorService hands = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int hand = 0; hand < 4; hand++) {
        String mine = "content of " + hand;
        work.add(
            () -> {
              for (int i = 0; i < 200; i++) {
                StoredFile file = put(mine);
                assertThat(read(file.key(), 0)).isEqualTo(mine);
                store.delete(file.key());
              }
              return null;
            });
      }
      for (Future<Void> done : hands.invokeAll(work)) {
        done.get();
      }
    } finally {
      hands.shutdownNow();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsTold() throws IOException {
    store.check();
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    DiskStore blocked = new DiskStore(notAFolder);
    assertThatThrownBy(blocked::check).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> blocked.put(SCOPE, FileType.PNG, stream("x")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatADeadProcessLeftUnfinishedIsRemovedAfterADay() throws IOException {
    Path unfinished = Files.createDirectories(folder.resolve("files/unfinished"));
    Path old = Files.writeString(unfinished.resolve("old"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(90_000)));
    Path young = Files.writeString(unfinished.resolve("young"), "half");
    assertThat(store.removeAbandoned()).isEqualTo(1);
    assertThat(young).exists();
    assertThat(old).doesNotExist();
  }
}
