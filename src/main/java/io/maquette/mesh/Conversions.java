package io.maquette.mesh;

import io.maquette.json.GuardedJson;
import io.maquette.mesh.colour.FilamentChoice;
import io.maquette.mesh.colour.FilamentColours;
import io.maquette.picture.PictureDecoder;
import io.maquette.picture.UnusablePictureException;
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
import java.io.ByteArrayOutputStream;
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
import javax.imageio.ImageIO;

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

  /** Length of the longer side of a thumbnail, in pixels. */
  private static final int THUMBNAIL = 256;

  /** Maximum size of a preview that becomes a thumbnail, in bytes; a larger one is unreadable. */
  private static final int MAX_PREVIEW = 32 << 20;

  /** Begin of the variants' names that have a palette. */
  private static final String PALETTE = "palette-";

  /** Maximum number of files with palettes that a model keeps; palettes have no other limit. */
  static final int MAX_PALETTES = 16;

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
        new Kind(DerivedFiles.PLAIN, format.type()),
        (surface, out) -> format.write(surface, name, out));
  }

  /**
   * Converts a model to 3MF with filament colours, or returns the stored conversion.
   *
   * @param model key of its GLB file
   * @param size of that file, in bytes
   * @param preview key of a picture of the model for the file's thumbnail; empty for none. An
   *     unreadable picture is left out
   * @throws InvalidModelFileException with the reason if it cannot be converted
   * @throws LostFileException if the model's file is missing, empty or damaged
   * @throws IOException if the store is unavailable
   * @throws BusyException if too many conversions wait
   */
  public StoredFile painted(
      String model, long size, FilamentChoice filaments, Optional<String> preview)
      throws IOException, BusyException {
    return of(
        model,
        size,
        kindOf(filaments, FileType.THREE_MF),
        (surface, out) ->
            ThreeMfWriter.write(
                surface,
                FilamentColours.of(FaceColours.of(surface), filaments),
                preview.map(this::thumbnail).orElse(new byte[0]),
                out));
  }

  /**
   * Converts a model to a GLB in which each triangle has the colour of its filament, or returns the
   * stored conversion. It shows what {@link #painted} prints.
   *
   * @param model key of its GLB file
   * @param size of that file, in bytes
   * @throws InvalidModelFileException with the reason if it cannot be converted
   * @throws LostFileException if the model's file is missing, empty or damaged
   * @throws IOException if the store is unavailable
   * @throws BusyException if too many conversions wait
   */
  public StoredFile shown(String model, long size, FilamentChoice filaments)
      throws IOException, BusyException {
    return of(
        model,
        size,
        kindOf(filaments, FileType.GLB),
        (surface, out) ->
            PaintedGlbWriter.write(
                surface, FilamentColours.of(FaceColours.of(surface), filaments), out));
  }

  private static Kind kindOf(FilamentChoice filaments, FileType type) {
    return new Kind((filaments.hasPalette() ? PALETTE : "painted-") + filaments.id(), type);
  }

  /** Returns a small PNG of a stored picture; empty if it cannot be read. */
  private byte[] thumbnail(String picture) {
    try (InputStream content = store.open(picture, 0)) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(
          PictureDecoder.decode(
              content.readNBytes(MAX_PREVIEW), THUMBNAIL, PictureDecoder.Colours.SEEN),
          "png",
          png);
      return png.toByteArray();
    } catch (IOException | UnusablePictureException e) {
      LOG.log(Level.INFO, "A 3MF has no thumbnail because the preview cannot be read", e);
      return new byte[0];
    }
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
            new Kind(DerivedFiles.PLAIN, FileType.JSON),
            (surface, out) ->
                out.write(
                    PrintabilityCheck.of(surface)
                        .toJson()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8)));
    try (InputStream content = intact.open(file.key(), file.size(), 0)) {
      return GuardedJson.object(content);
    } catch (JsonException e) {
      throw new IOException("The stored printability report " + file.key() + " is damaged", e);
    }
  }

  /** Kind of a result; a model has one of each. */
  private record Kind(String variant, FileType type) {}

  private interface Making {
    void write(Surface surface, OutputStream out) throws IOException;
  }

  private StoredFile of(String model, long size, Kind kind, Making making)
      throws IOException, BusyException {
    Optional<StoredFile> there = find(model, kind);
    if (there.isPresent()) {
      return there.get();
    }
    takeRoom();
    try {
      there = find(model, kind); // another thread may have made it during the wait
      return there.isPresent() ? there.get() : made(model, size, kind, making);
    } finally {
      room.release();
    }
  }

  private StoredFile made(String model, long size, Kind kind, Making making) throws IOException {
    Surface surface = read(model, size);
    Path file = Files.createTempFile("maquette-", "." + kind.type().extension());
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        making.write(surface, out);
      }
      if (kind.variant().startsWith(PALETTE)) {
        DerivedFiles.limit(store, model, PALETTE, MAX_PALETTES - 1);
      }
      try (InputStream content = Files.newInputStream(file)) {
        return DerivedFiles.put(store, model, kind.variant(), kind.type(), content);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Finds a stored result; deletes a damaged one, because it can be made again. */
  private Optional<StoredFile> find(String model, Kind kind) throws IOException {
    StoredFile file = DerivedFiles.find(store, model, kind.variant(), kind.type()).orElse(null);
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
