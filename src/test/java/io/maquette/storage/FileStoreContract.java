package io.maquette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of every file store, as seen from two nodes that share it. */
@Tag("fault")
abstract class FileStoreContract {

  static final String SCOPE = "0a1b2c3d-0000-4000-8000-000000000000/7";

  /** Returns the store of one node. */
  abstract FileStore store();

  /** Returns the same store as another node sees it. */
  abstract FileStore another();

  /** Lists all objects in the store, including unfinished ones, by any name. */
  abstract List<String> content() throws IOException;

  StoredFile put(String text) throws IOException {
    return store().put(SCOPE, FileType.PNG, stream(text));
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] large(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return content;
  }

  static byte[] read(FileStore store, String key, long offset) throws IOException {
    try (InputStream content = store.open(key, offset)) {
      return content.readAllBytes();
    }
  }

  private String text(String key, long offset) throws IOException {
    return new String(read(another(), key, offset), StandardCharsets.UTF_8);
  }

  @Test
  void a_file_is_stored_under_the_digest_of_its_content() throws IOException {
    StoredFile file = put("hello");
    assertThat(file.sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(file.key()).isEqualTo(SCOPE + "/" + file.sha256() + ".png");
    assertThat(file.size()).isEqualTo(5);
    assertThat(text(file.key(), 0)).isEqualTo("hello");
    assertThat(text(file.key(), 3)).isEqualTo("lo");
    assertThat(text(file.key(), 5)).isEmpty();
  }

  /** Overwrites a file under its key, as a broken disk or an operator would. */
  abstract void overwrite(String key, byte[] content) throws IOException;

  private IntactFiles intact() {
    return new IntactFiles(another());
  }

  private static FileFault faultOf(IntactFiles files, StoredFile file, long offset)
      throws IOException {
    try (InputStream content = files.open(file.key(), file.size(), offset)) {
      content.readAllBytes();
      return null;
    } catch (LostFileException e) {
      assertThat(e.key()).isEqualTo(file.key());
      return e.fault();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 300_000})
  void the_last_bytes_of_a_damaged_file_are_not_given_out(int size) throws IOException {
    byte[] content = large(size);
    StoredFile file = store().put(SCOPE, FileType.GLB, new ByteArrayInputStream(content));
    content[size - 2] ^= 1;
    content[size - 1] ^= 1;
    overwrite(file.key(), content);
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    assertThatThrownBy(
            () -> {
              try (InputStream bytes = another().open(file.key(), 0)) {
                bytes.transferTo(given);
              }
            })
        .isInstanceOf(FileStore.DamagedFileException.class);
    assertThat(given.size()).isLessThan(size);
  }

  @Test
  void nothing_is_given_out_of_a_file_that_is_damaged_empty_cut_or_grown() throws IOException {
    byte[] content = large(100_000);
    StoredFile file = store().put(SCOPE, FileType.GLB, new ByteArrayInputStream(content));
    IntactFiles files = intact();
    assertThat(faultOf(files, file, 0)).isNull();
    assertThat(faultOf(files, file, 99_999)).isNull();
    byte[] damaged = content.clone();
    damaged[0] ^= 1;
    damaged[50_000] ^= 1;
    for (IntactFiles node :
        List.of(files, intact())) { // a reader that has read the file before, and one that has not
      overwrite(file.key(), damaged);
      assertThat(faultOf(node, file, 0)).isEqualTo(FileFault.DAMAGED);
      assertThat(faultOf(node, file, 99_999))
          .as("a part that is right")
          .isEqualTo(FileFault.DAMAGED);
      overwrite(file.key(), new byte[0]);
      assertThat(faultOf(node, file, 0)).isEqualTo(FileFault.EMPTY);
      assertThat(faultOf(node, file, 10)).isEqualTo(FileFault.EMPTY);
      overwrite(file.key(), Arrays.copyOf(content, 99_999));
      assertThat(faultOf(node, file, 0)).isEqualTo(FileFault.DAMAGED);
      overwrite(file.key(), Arrays.copyOf(content, 100_001));
      assertThat(faultOf(node, file, 0)).isEqualTo(FileFault.DAMAGED);
      overwrite(file.key(), content);
      assertThat(faultOf(node, file, 0)).as("from a backup").isNull();
    }
    store().delete(file.key());
    assertThat(faultOf(files, file, 0)).isEqualTo(FileFault.MISSING);
    assertThat(faultOf(intact(), file, 5)).isEqualTo(FileFault.MISSING);
  }

  @Test
  void a_glance_finds_what_is_missing_or_of_another_size_without_reading() throws IOException {
    byte[] content = large(1000);
    StoredFile file = store().put(SCOPE, FileType.GLB, new ByteArrayInputStream(content));
    IntactFiles files = intact();
    files.glance(file.key(), file.size());
    files.verify(file.key(), file.size());
    byte[] damaged = content.clone();
    damaged[7] ^= 1;
    overwrite(file.key(), damaged);
    assertThatThrownBy(() -> files.glance(file.key(), file.size()))
        .as("it was written again since it was read")
        .isInstanceOf(LostFileException.class);
    overwrite(file.key(), new byte[0]);
    assertThatThrownBy(() -> intact().glance(file.key(), file.size()))
        .isInstanceOf(LostFileException.class);
    store().delete(file.key());
    assertThatThrownBy(() -> intact().glance(file.key(), file.size()))
        .isInstanceOf(LostFileException.class);
  }

  @Test
  void an_empty_file_can_be_stored() throws IOException {
    StoredFile file = put("");
    assertThat(file.size()).isZero();
    assertThat(text(file.key(), 0)).isEmpty();
  }

  @Test
  void a_file_of_any_size_is_read_unchanged_from_any_position() throws IOException {
    for (int size : new int[] {(8 << 20) - 1, 8 << 20, (8 << 20) + 1, 20 << 20}) {
      byte[] content = large(size);
      StoredFile file = store().put(SCOPE, FileType.GLB, new ByteArrayInputStream(content));
      assertThat(file.size()).isEqualTo(size);
      assertThat(read(another(), file.key(), 0)).isEqualTo(content);
      for (int offset : new int[] {1, size / 2, size - 1, size}) {
        assertThat(read(another(), file.key(), offset))
            .isEqualTo(Arrays.copyOfRange(content, offset, size));
      }
    }
    assertThat(content()).hasSize(4);
  }

  @Test
  void a_file_can_be_closed_before_its_end() throws IOException {
    byte[] content = large(3 << 20);
    StoredFile file = store().put(SCOPE, FileType.GLB, new ByteArrayInputStream(content));
    for (int i = 0; i < 50; i++) {
      try (InputStream bytes = another().open(file.key(), 0)) {
        assertThat(bytes.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
        assertThat(bytes.skip(5)).isEqualTo(5);
        assertThat(bytes.read()).isEqualTo(content[15] & 0xff);
      }
    }
  }

  @Test
  void derived_files_are_found_and_deleted_with_their_original() throws IOException {
    StoredFile model = store().put(SCOPE, FileType.GLB, stream("model"));
    StoredFile stl = DerivedFiles.put(store(), model.key(), FileType.STL, stream("stl"));
    StoredFile threeMf = DerivedFiles.put(store(), model.key(), FileType.THREE_MF, stream("3mf"));
    assertThat(DerivedFiles.find(another(), model.key(), FileType.STL)).contains(stl);
    assertThat(DerivedFiles.find(another(), model.key(), FileType.THREE_MF)).contains(threeMf);
    assertThat(DerivedFiles.find(another(), model.key(), FileType.ZIP)).isEmpty();
    StoredFile variant =
        DerivedFiles.put(store(), model.key(), "painted-4", FileType.THREE_MF, stream("4"));
    assertThat(DerivedFiles.find(another(), model.key(), "painted-4", FileType.THREE_MF))
        .contains(variant);
    assertThat(DerivedFiles.find(another(), model.key(), "painted-4", FileType.STL)).isEmpty();
    assertThat(DerivedFiles.find(another(), model.key(), FileType.THREE_MF)).contains(threeMf);
    assertThat(DerivedFiles.originOf(variant.key())).isEqualTo(model.key());
    assertThat(store().keysIn(SCOPE)).containsExactly(model.key());
    DerivedFiles.deleteOf(another(), model.key());
    assertThat(DerivedFiles.find(store(), model.key(), FileType.STL)).isEmpty();
    assertThat(DerivedFiles.find(store(), model.key(), "painted-4", FileType.THREE_MF)).isEmpty();
    assertThat(text(model.key(), 0)).isEqualTo("model");
  }

  @Test
  void storing_the_same_again_is_harmless() throws IOException {
    StoredFile file = put("hello");
    assertThat(another().put(SCOPE, FileType.PNG, stream("hello"))).isEqualTo(file);
    assertThat(text(file.key(), 0)).isEqualTo("hello");
    assertThat(content()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100_000, 20 << 20})
  void a_broken_source_leaves_no_file(int after) throws IOException {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(large(after)),
            new FilterInputStream(InputStream.nullInputStream()) {
              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                throw new ResultFetchException("connection reset");
              }
            });
    assertThatThrownBy(() -> store().put(SCOPE, FileType.GLB, broken))
        .isInstanceOf(ResultFetchException.class)
        .hasMessage("connection reset");
    assertThat(content()).isEmpty();
  }

  @Test
  void only_the_files_of_a_scope_are_listed() throws IOException {
    assertThat(store().keysIn(SCOPE)).isEmpty();
    StoredFile one = put("one");
    StoredFile two = put("two");
    store().put(SCOPE + "0", FileType.PNG, stream("of a neighbour"));
    store().put(SCOPE + "/within", FileType.PNG, stream("further down"));
    assertThat(another().keysIn(SCOPE)).containsExactlyInAnyOrder(one.key(), two.key());
    assertThatThrownBy(() -> store().keysIn("..")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_deleted_file_is_gone_and_can_be_deleted_again() throws IOException {
    StoredFile one = put("one");
    StoredFile two = put("two");
    store().delete(one.key());
    another().delete(one.key());
    assertThatThrownBy(() -> another().open(one.key(), 0)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store().open(one.key(), 1)).isInstanceOf(NoSuchFileException.class);
    assertThat(text(two.key(), 0)).isEqualTo("two");
    another().delete(two.key());
    assertThat(content()).isEmpty();
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
  void an_invalid_key_opens_no_file(String key) {
    assertThatThrownBy(() -> store().open(key, 0)).isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "..", "a/..", "a//b", "a\\b", "a/b/c/d/e/f/g", "a.b", " a"})
  void an_invalid_scope_is_refused(String scope) {
    assertThatThrownBy(() -> store().put(scope, FileType.PNG, stream("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_offset_outside_the_file_is_refused() throws IOException {
    StoredFile file = put("hello");
    assertThatThrownBy(() -> store().open(file.key(), 6))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().open(file.key(), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void concurrent_puts_and_deletes_lose_no_file() throws Exception {
    ExecutorService hands = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int hand = 0; hand < 4; hand++) {
        String mine = "content of " + hand;
        FileStore here = hand % 2 == 0 ? store() : another();
        FileStore there = hand % 2 == 0 ? another() : store();
        work.add(
            () -> {
              for (int i = 0; i < 100; i++) {
                StoredFile file = here.put(SCOPE, FileType.PNG, stream(mine));
                assertThat(read(there, file.key(), 0)).asString().isEqualTo(mine);
                there.delete(file.key());
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
    assertThat(content()).isEmpty();
  }

  @Test
  void the_check_of_the_store_leaves_no_file() throws IOException {
    store().check();
    another().check();
    assertThat(content()).isEmpty();
  }

  @Test
  void files_are_listed_in_the_order_of_their_keys_page_by_page() throws IOException {
    List<String> keys = new ArrayList<>();
    for (String scope : List.of("ab-c/2", "ab/10", "ab/1", "ac/1", "0a/1", "ab/1/2")) {
      for (String text : List.of("one", "two", "three")) {
        keys.add(store().put(scope, FileType.PNG, stream(text)).key());
      }
    }
    Collections.sort(keys);
    for (int size = 1; size <= keys.size() + 1; size += 4) {
      List<String> listed = new ArrayList<>();
      List<FileStore.ListedFile> page = another().list("", size);
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(size);
        page.forEach(file -> listed.add(file.key()));
        page = another().list(listed.get(listed.size() - 1), size);
      }
      assertThat(listed).isEqualTo(keys);
    }
    FileStore.ListedFile first = store().list("", 1).get(0);
    assertThat(first.size()).isIn(3L, 5L);
    assertThat(first.storedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThatThrownBy(() -> store().list("", FileStore.MAX_LISTED + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
