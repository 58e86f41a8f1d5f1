package io.maquette.mesh;

import io.maquette.json.GuardedJson;
import io.maquette.storage.DerivedFiles;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import io.maquette.storage.StoredFile;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Models in other formats, and what is to be said of printing them: made when first asked for, and
 * kept in the store beside the model. One is made at a time, as each needs much memory; of two
 * nodes that make the same at once, both store the very same file.
 */
@ApplicationScoped
public class Conversions {

  private static final Logger LOG = Logger.getLogger(Conversions.class.getName());
  private static final long PATIENCE_SECONDS = 20;
  private static final long CHECK_PATIENCE_SECONDS = 60;

  private final Semaphore room = new Semaphore(1, true);
  private final Semaphore checks = new Semaphore(1, true);
  private FileStore store;
  private IntactFiles intact;

  /** Too many want one at once, and it would take too long until it is this one's turn. */
  public static class BusyException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** For CDI. */
  protected Conversions() {}

  @Inject
  Conversions(FileStore store, IntactFiles intact) {
    this.store = store;
    this.intact = intact;
  }

  /**
   * A model in a format.
   *
   * @param model key of its GLB file
   * @param size of that file, in bytes
   * @param name of the files in it, in ASCII, the same at every call for this model
   * @throws InvalidModelFileException if it cannot be converted, saying why
   * @throws LostFileException if the model's file is missing, empty or damaged
   * @throws IOException if the store is away
   * @throws BusyException if it is not to be had now
   */
  public StoredFile of(String model, long size, ModelFormat format, String name)
      throws IOException, BusyException {
    return of(
        model,
        size,
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
   * time; the others wait, at most a minute and not after an interrupt. A model that was not read
   * has no fault: its conversion finds the fault later. A fault of the check itself counts as one
   * of the model, as the result is only a remark.
   *
   * @param model key of its GLB file
   * @throws IOException if the store does not give the file back; this is never a {@link
   *     LostFileException}, as the model can be stored again
   */
  public Check check(String model) throws IOException {
    if (!isTurnToCheck()) {
      return new Check(null, false);
    }
    try {
      return new Check(null, readStored(model).materials().haveUnreadableTexture());
    } catch (InvalidModelFileException e) {
      return new Check(e.fault(), false);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The check of model " + model + " failed", e);
      return new Check(ModelFault.DAMAGED, false);
    } catch (OutOfMemoryError e) {
      LOG.log(Level.WARNING, "The check of model " + model + " needs more memory", e);
      return new Check(ModelFault.TOO_LARGE, false);
    } finally {
      checks.release();
    }
  }

  /**
   * What is to be said of printing a model.
   *
   * @param model key of its GLB file
   * @param size of that file, in bytes
   * @throws InvalidModelFileException if it cannot be told, saying why
   * @throws LostFileException if the model's file is missing, empty or damaged
   * @throws IOException if the store is away
   * @throws BusyException if it is not to be had now
   */
  public Printability printability(String model, long size) throws IOException, BusyException {
    StoredFile file =
        of(
            model,
            size,
            FileType.JSON,
            surface -> {
              byte[] json =
                  PrintabilityCheck.of(surface)
                      .toJson()
                      .toString()
                      .getBytes(StandardCharsets.UTF_8);
              return DerivedFiles.put(store, model, FileType.JSON, new ByteArrayInputStream(json));
            });
    try (InputStream content = intact.open(file.key(), file.size(), 0)) {
      return Printability.of(GuardedJson.object(content));
    } catch (JsonException e) {
      throw new IOException("The stored printability report " + file.key() + " is damaged", e);
    }
  }

  private interface Making {
    StoredFile of(Surface surface) throws IOException;
  }

  private StoredFile of(String model, long size, FileType type, Making making)
      throws IOException, BusyException {
    Optional<StoredFile> there = find(model, type);
    if (there.isPresent()) {
      return there.get();
    }
    takeRoom();
    try {
      there = find(model, type); // made while this one waited
      return there.isPresent() ? there.get() : making.of(read(model, size));
    } finally {
      room.release();
    }
  }

  /** What was made before; a damaged file is removed, as it can be made again. */
  private Optional<StoredFile> find(String model, FileType type) throws IOException {
    StoredFile file = DerivedFiles.find(store, model, type).orElse(null);
    if (file == null) {
      return Optional.empty();
    }
    try {
      intact.verify(file.key(), file.size());
      return Optional.of(file);
    } catch (LostFileException e) {
      LOG.log(Level.WARNING, () -> "A converted model is made again: " + e.getMessage());
      store.delete(file.key());
      return Optional.empty();
    }
  }

  /** A model that this node has just stored. */
  private Surface readStored(String model) throws IOException {
    try (InputStream glb = store.open(model, 0)) {
      return GlbReader.read(glb);
    }
  }

  /** A model that was stored some time ago; its file may be lost. */
  private Surface read(String model, long size) throws IOException {
    try (InputStream glb = intact.open(model, size, 0)) {
      return GlbReader.read(glb);
    }
  }

  private boolean isTurnToCheck() {
    try {
      return checks.tryAcquire(CHECK_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
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
