package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.mesh.colour.FilamentChoice;
import io.maquette.storage.DerivedFiles;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import io.maquette.storage.StoredFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test that each format is made once, stored next to its model, and deleted with it. */
class ConversionsTest {

  private final String scope = UUID.randomUUID() + "/3";
  @TempDir private Path folder;

  @Test
  void an_interrupt_ends_the_wait_of_a_check() throws Exception {
    StoredFile model =
        new DiskStore(folder)
            .put(scope, FileType.GLB, new ByteArrayInputStream(ModelFormatTest.providers()));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    FileStore slow =
        (FileStore)
            Proxy.newProxyInstance(
                ConversionsTest.class.getClassLoader(),
                new Class<?>[] {FileStore.class},
                (proxy, method, arguments) -> {
                  reading.countDown();
                  end.await();
                  throw new IOException("the store is away");
                });
    Conversions conversions = new Conversions(slow, new IntactFiles(slow));
    CompletableFuture<Conversions.Check> first = new CompletableFuture<>();
    checking(conversions, model, first);
    reading.await();
    CompletableFuture<Conversions.Check> second = new CompletableFuture<>();
    checking(conversions, model, second).interrupt();
    assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(new Conversions.Check(null, false));
    assertThat(first).isNotDone();
    end.countDown();
    assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
  }

  private static Thread checking(
      Conversions conversions, StoredFile model, CompletableFuture<Conversions.Check> result) {
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(conversions.check(model.key()));
              } catch (IOException e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void a_format_is_converted_once_and_deleted_with_its_model() throws Exception {
    DiskStore store = new DiskStore(folder);
    Conversions conversions = new Conversions(store, new IntactFiles(store));
    StoredFile model =
        store.put(scope, FileType.GLB, new ByteArrayInputStream(ModelFormatTest.providers()));
    StoredFile stl = conversions.of(model.key(), model.size(), ModelFormat.STL, "model");
    StoredFile threeMf = conversions.of(model.key(), model.size(), ModelFormat.THREE_MF, "model");
    Printability printability = conversions.printability(model.key(), model.size());
    assertThat(stl.size()).isEqualTo(84 + 50 * 24);
    assertThat(store.keysIn(scope)).containsExactly(model.key());
    assertThat(DerivedFiles.originOf(stl.key())).isEqualTo(model.key());
    assertThat(DerivedFiles.originOf(model.key())).isEqualTo(model.key());

    store.delete(model.key()); // a stored result is not made again
    assertThat(conversions.of(model.key(), model.size(), ModelFormat.STL, "model")).isEqualTo(stl);
    assertThat(conversions.of(model.key(), model.size(), ModelFormat.THREE_MF, "model"))
        .isEqualTo(threeMf);
    assertThat(conversions.printability(model.key(), model.size())).isEqualTo(printability);
    assertThatThrownBy(() -> conversions.of(model.key(), model.size(), ModelFormat.OBJ, "model"))
        .isInstanceOf(LostFileException.class);

    Files.write(folder.resolve(scope.substring(0, 2)).resolve(stl.key()), new byte[0]);
    assertThatThrownBy(() -> conversions.of(model.key(), model.size(), ModelFormat.STL, "model"))
        .as("a damaged one is made again, if its model is there")
        .isInstanceOf(LostFileException.class);
    store.put(scope, FileType.GLB, new ByteArrayInputStream(ModelFormatTest.providers()));
    assertThat(conversions.of(model.key(), model.size(), ModelFormat.STL, "model")).isEqualTo(stl);
    DerivedFiles.deleteOf(store, model.key());
    byte[] damaged = ModelFormatTest.providers();
    damaged[damaged.length - 1] ^= 1; // still a model, but not the stored one
    Files.write(folder.resolve(scope.substring(0, 2)).resolve(model.key()), damaged);
    assertThatThrownBy(() -> conversions.of(model.key(), model.size(), ModelFormat.STL, "model"))
        .isInstanceOf(LostFileException.class);
    store.delete(model.key());

    DerivedFiles.deleteOf(store, model.key());
    assertThat(store.list("", 10)).isEmpty();
    assertThatThrownBy(() -> conversions.of(model.key(), model.size(), ModelFormat.STL, "model"))
        .isInstanceOf(LostFileException.class);
  }

  @Test
  void each_number_of_filament_colours_is_made_once_and_deleted_with_its_model() throws Exception {
    DiskStore store = new DiskStore(folder);
    Conversions conversions = new Conversions(store, new IntactFiles(store));
    StoredFile model =
        store.put(scope, FileType.GLB, new ByteArrayInputStream(ModelFormatTest.providers()));
    StoredFile plain = conversions.of(model.key(), model.size(), ModelFormat.THREE_MF, "model");
    StoredFile one =
        conversions.painted(model.key(), model.size(), FilamentChoice.of(1), Optional.empty());
    StoredFile two =
        conversions.painted(model.key(), model.size(), FilamentChoice.of(2), Optional.empty());
    assertThat(Set.of(plain.key(), one.key(), two.key())).hasSize(3);
    assertThat(DerivedFiles.originOf(two.key())).isEqualTo(model.key());
    assertThat(
            conversions.painted(model.key(), model.size(), FilamentChoice.of(2), Optional.empty()))
        .isEqualTo(two);
    assertThat(conversions.of(model.key(), model.size(), ModelFormat.THREE_MF, "model"))
        .isEqualTo(plain);
    DerivedFiles.deleteOf(store, model.key());
    assertThat(store.list("", 10)).hasSize(1);
  }

  @Test
  void files_with_palettes_are_limited_in_number() throws Exception {
    DiskStore store = new DiskStore(folder);
    Conversions conversions = new Conversions(store, new IntactFiles(store));
    StoredFile model =
        store.put(scope, FileType.GLB, new ByteArrayInputStream(ModelFormatTest.providers()));
    StoredFile plain =
        conversions.painted(model.key(), model.size(), FilamentChoice.of(2), Optional.empty());
    FilamentChoice choice = FilamentChoice.of(1);
    for (int colour = 0; colour < Conversions.MAX_PALETTES + 4; colour++) {
      choice = new FilamentChoice(2, List.of(colour));
      conversions.painted(model.key(), model.size(), choice, Optional.empty());
    }
    assertThat(store.list("", 100)).hasSize(2 + Conversions.MAX_PALETTES);
    StoredFile shown = conversions.shown(model.key(), model.size(), choice);
    assertThat(shown.type()).isEqualTo(FileType.GLB);
    assertThat(DerivedFiles.originOf(shown.key())).isEqualTo(model.key());
    assertThat(store.list("", 100)).hasSize(2 + Conversions.MAX_PALETTES);
    store.delete(model.key());
    assertThat(conversions.shown(model.key(), model.size(), choice)).isEqualTo(shown);
    assertThat(
            conversions.painted(model.key(), model.size(), FilamentChoice.of(2), Optional.empty()))
        .isEqualTo(plain);
    DerivedFiles.deleteOf(store, model.key());
    assertThat(store.list("", 100)).isEmpty();
  }

  @Test
  void a_preview_becomes_the_thumbnail_and_a_missing_one_is_left_out() throws Exception {
    DiskStore store = new DiskStore(folder);
    Conversions conversions = new Conversions(store, new IntactFiles(store));
    StoredFile model =
        store.put(scope, FileType.GLB, new ByteArrayInputStream(ModelFormatTest.providers()));
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
    StoredFile preview =
        store.put(scope, FileType.JPEG, new ByteArrayInputStream(jpeg.toByteArray()));
    StoredFile with =
        conversions.painted(
            model.key(), model.size(), FilamentChoice.of(2), Optional.of(preview.key()));
    BufferedImage thumbnail = thumbnail(store, with);
    assertThat(thumbnail.getWidth()).isEqualTo(256);
    assertThat(thumbnail.getHeight()).isEqualTo(192);
    store.delete(preview.key());
    StoredFile without =
        conversions.painted(
            model.key(), model.size(), FilamentChoice.of(3), Optional.of(preview.key()));
    assertThat(thumbnail(store, without)).isNull();
  }

  private static BufferedImage thumbnail(FileStore store, StoredFile file) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(store.open(file.key(), 0))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals("Metadata/thumbnail.png")) {
          return ImageIO.read(zip);
        }
      }
    }
    return null;
  }

  @Test
  void a_stored_model_that_the_store_does_not_give_back_is_not_a_lost_file() throws Exception {
    DiskStore store = new DiskStore(folder);
    Conversions conversions = new Conversions(store, new IntactFiles(store));
    StoredFile model =
        store.put(scope, FileType.GLB, new ByteArrayInputStream(ModelFormatTest.providers()));
    assertThat(conversions.check(model.key()).fault()).isNull();
    store.delete(model.key());
    assertThatThrownBy(() -> conversions.check(model.key()))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(LostFileException.class);
  }

  @Test
  void a_fault_of_the_check_is_only_a_remark() throws Exception {
    assertThat(checkedWith(new IllegalStateException("a fault")))
        .isEqualTo(new Conversions.Check(InvalidModelFileException.Fault.DAMAGED, false));
    assertThat(checkedWith(new OutOfMemoryError("a test")))
        .isEqualTo(new Conversions.Check(InvalidModelFileException.Fault.TOO_LARGE, false));
  }

  private Conversions.Check checkedWith(Throwable fault) throws Exception {
    FileStore store =
        (FileStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {FileStore.class},
                (proxy, method, arguments) -> {
                  throw fault;
                });
    return new Conversions(store, new IntactFiles(store)).check(scope);
  }
}
