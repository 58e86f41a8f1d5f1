package io.maquette.asset.mesh;

import io.maquette.asset.DerivedFiles;
import io.maquette.asset.FileStore;
import io.maquette.asset.FileType;
import io.maquette.asset.InvalidModelFileException;
import io.maquette.asset.ModelFault;
import io.maquette.asset.StoredFile;
import io.maquette.platform.json.GuardedJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Models in other formats, and what is to be said of printing them: made when first asked for, and
 * kept in the store beside the model. One is made at a time, as each needs much memory; of two
 * nodes that make the same at once, both store the very same file.
 */
@ApplicationScoped
public class Conversions {

  private static final long PATIENCE_SECONDS = 20;

  private final Semaphore room = new Semaphore(1, true);
  private final Semaphore checks = new Semaphore(1, true);
  private FileStore store;

  /** Too many want one at once, and it would take too long until it is this one's turn. */
  public static class BusyException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** For CDI. */
  protected Conversions() {}

  @Inject
  Conversions(FileStore store) {
    this.store = store;
  }

  /**
   * A model in a format.
   *
   * @param model key of its GLB file
   * @param name of the files in it, in ASCII, the same at every call for this model
   * @throws InvalidModelFileException if it cannot be converted, saying why
   * @throws java.nio.file.NoSuchFileException if the model is not there any more
   * @throws IOException if the store is away
   * @throws BusyException if it is not to be had now
   */
  public StoredFile of(String model, ModelFormat format, String name)
      throws IOException, BusyException {
    return of(
        model,
        format.type(),
        surface -> {
          Path file = Files.createTempFile("maquette-", "." + format.id());
          try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
              format.write(surface, name, out);
            }
            try (InputStream content = Files.newInputStream(file)) {
              return DerivedFiles.put(store, model, format.type(), content);
            }
          } finally {
            Files.deleteIfExists(file);
          }
        });
  }

  /**
   * Result of reading a model that was just stored.
   *
   * @param fault why it cannot be converted; null if it can
   * @param hasUnreadableTexture whether a material's colour stands in for a texture
   */
  public record Check(ModelFault fault, boolean hasUnreadableTexture) {}

  /**
   * Finds out whether a model can be converted, before a user asks for it. One model is read at a
   * time; the others wait.
   *
   * @param model key of its GLB file
   * @throws IOException if the store is not available
   */
  public Check check(String model) throws IOException {
    checks.acquireUninterruptibly();
    try {
      return new Check(null, read(model).materials().haveUnreadableTexture());
    } catch (InvalidModelFileException e) {
      return new Check(e.fault(), false);
    } finally {
      checks.release();
    }
  }

  /**
   * What is to be said of printing a model.
   *
   * @param model key of its GLB file
   * @throws InvalidModelFileException if it cannot be told, saying why
   * @throws IOException if the store is away
   * @throws BusyException if it is not to be had now
   */
  public Printability printability(String model) throws IOException, BusyException {
    StoredFile file =
        of(
            model,
            FileType.JSON,
            surface -> {
              byte[] json =
                  PrintabilityCheck.of(surface)
                      .toJson()
                      .toString()
                      .getBytes(StandardCharsets.UTF_8);
              return DerivedFiles.put(store, model, FileType.JSON, new ByteArrayInputStream(json));
            });
    try (InputStream content = store.open(file.key(), 0)) {
      return Printability.of(GuardedJson.object(content));
    } catch (JsonException e) {
      throw new IOException("The stored printability report " + file.key() + " is damaged", e);
    }
  }

  private interface Making {
    StoredFile of(Surface surface) throws IOException;
  }

  private StoredFile of(String model, FileType type, Making making)
      throws IOException, BusyException {
    Optional<StoredFile> there = DerivedFiles.find(store, model, type);
    if (there.isPresent()) {
      return there.get();
    }
    takeRoom();
    try {
      there = DerivedFiles.find(store, model, type); // made while this one waited
      return there.isPresent() ? there.get() : making.of(read(model));
    } finally {
      room.release();
    }
  }

  private Surface read(String model) throws IOException {
    try (InputStream glb = store.open(model, 0)) {
      return GlbReader.read(glb);
    }
  }

  private void takeRoom() throws BusyException {
    try {
      if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new BusyException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException();
    }
  }
}
