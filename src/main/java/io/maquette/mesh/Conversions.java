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
import jakarta.json.JsonObject;
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
 * Service that converts models to other formats and makes their printability reports. It makes each
 * result on first request and stores it next to the model. Each conversion needs much memory, so a
 * node makes one at a time. If two nodes make the same result at once, both store an identical
 * file.
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

  /** Failure to start a conversion in time, because too many others wait. */
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
   * Converts a model to a format, or returns the stored conversion.
   *
   * @param model key of its GLB file
   * @param size of that file, in bytes
   * @param name base name of the files in the result, in ASCII, always the same for this model
   * @throws InvalidModelFileException with the reason if it cannot be converted
   * @throws LostFileException if the model's file is missing, empty or damaged
   * @throws IOException if the store is unavailable
   * @throws BusyException if too many conversions wait
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
   * @param hasUnreadableTexture whether a texture is unreadable, so that its material's colour is
   *     used
   */
  public record Check(InvalidModelFileException.Fault fault, boolean hasUnreadableTexture) {}

  /**
   * Checks whether a model can be converted, before a user requests it. One model is read at a
   * time. The others wait, at most a minute and not after an interrupt. A model that was not read
   * has no fault; its conversion finds the fault later. A failure of the check itself counts as a
   * fault of the model, because the result is only informative.
   *
   * @param model key of its GLB file
   * @throws IOException if the store cannot return the file; never a {@link LostFileException},
   *     because the model can be stored again
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
      return new Check(InvalidModelFileException.Fault.DAMAGED, false);
    } catch (OutOfMemoryError e) {
      LOG.log(Level.WARNING, "The check of model " + model + " needs more memory", e);
      return new Check(InvalidModelFileException.Fault.TOO_LARGE, false);
    } finally {
      checks.release();
    }
  }

  /**
   * Returns the printability report of a model.
   *
   * @param model key of its GLB file
   * @param size of that file, in bytes
   * @throws InvalidModelFileException with the reason if the model cannot be read
   * @throws LostFileException if the model's file is missing, empty or damaged
   * @throws IOException if the store is unavailable
   * @throws BusyException if too many conversions wait
   */
  public Printability printability(String model, long size) throws IOException, BusyException {
    JsonObject stored = storedReport(model, size);
    if (!Printability.isComplete(stored)) { // an earlier version of the application made it
      store.delete(DerivedFiles.find(store, model, FileType.JSON).orElseThrow().key());
      stored = storedReport(model, size);
    }
    return Printability.of(stored);
  }

  private JsonObject storedReport(String model, long size) throws IOException, BusyException {
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
      return GuardedJson.object(content);
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
      there = find(model, type); // another thread may have made it during the wait
      return there.isPresent() ? there.get() : making.of(read(model, size));
    } finally {
      room.release();
    }
  }

  /** Finds a stored result; deletes a damaged one, because it can be made again. */
  private Optional<StoredFile> find(String model, FileType type) throws IOException {
    StoredFile file = DerivedFiles.find(store, model, type).orElse(null);
    if (file == null) {
      return Optional.empty();
    }
    try {
      intact.verify(file.key(), file.size());
      return Optional.of(file);
    } catch (LostFileException e) {
      LOG.log(Level.WARNING, () -> "A converted model is generated again: " + e.getMessage());
      store.delete(file.key());
      return Optional.empty();
    }
  }

  /** Reads a model that this node has just stored. */
  private Surface readStored(String model) throws IOException {
    try (InputStream glb = store.open(model, 0)) {
      return GlbReader.read(glb);
    }
  }

  /** Reads a model that was stored earlier; its file may be lost. */
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
