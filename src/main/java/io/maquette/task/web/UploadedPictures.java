package io.maquette.task.web;

import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.picture.ReencodedPicture;
import io.maquette.picture.UnusablePictureException;
import io.maquette.storage.FileStore;
import io.maquette.storage.SpooledContent;
import io.maquette.storage.StoredFile;
import io.maquette.task.FileRef;
import io.maquette.task.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Receiver of uploaded pictures, which users create tasks from. It decodes and re-encodes each
 * picture, at most two at a time on each node, because that takes memory. Until then an upload
 * stays in a temporary file.
 */
@ApplicationScoped
public class UploadedPictures {

  private static final Logger LOG = Logger.getLogger(UploadedPictures.class.getName());
  private static final int AT_ONCE = 2;
  private static final int PATIENCE_SECONDS = 20;

  private final Semaphore room = new Semaphore(AT_ONCE, true);
  private FileStore store;

  /** For CDI. */
  protected UploadedPictures() {}

  @Inject
  UploadedPictures(FileStore store) {
    this.store = store;
  }

  /**
   * Stores a picture and creates a task from it; deletes the picture if the creation fails.
   *
   * @param id id of the new task
   * @param sent the uploaded file; this method closes it
   * @param creation creates and returns the new task, or an earlier one that was created with the
   *     same idempotency key
   */
  Task createTask(UUID id, SpooledContent sent, Function<FileRef, Task> creation) {
    StoredFile file = store(Task.scopeOfOwnPicture(id), reencode(sent));
    Task task = null;
    try {
      task =
          creation.apply(
              new FileRef(file.key(), file.sha256(), file.type().mediaType(), file.size()));
      return task;
    } finally {
      if (task == null || !task.id().equals(id)) {
        delete(file);
      }
    }
  }

  private ReencodedPicture reencode(SpooledContent sent) {
    boolean hasRoom = false;
    try (sent) {
      hasRoom = room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!hasRoom) {
        throw new ProblemException(ProblemCode.UNAVAILABLE);
      }
      return ReencodedPicture.of(sent.bytes());
    } catch (UnusablePictureException e) {
      throw ProblemException.ofField(
          "picture",
          "invalid.picture." + e.reason().name().toLowerCase(Locale.ROOT),
          e.format().orElse(""));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "An upload could not be read from its temporary file", e);
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    } finally {
      if (hasRoom) {
        room.release();
      }
    }
  }

  private StoredFile store(String scope, ReencodedPicture picture) {
    try {
      return store.put(scope, picture.type(), new ByteArrayInputStream(picture.content()));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "An uploaded picture could not be stored", e);
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    }
  }

  /**
   * Deletes a file that no task uses. If that fails, the batch job that verifies files finds it.
   */
  private void delete(StoredFile file) {
    try {
      store.delete(file.key());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "An unused uploaded picture could not be deleted: " + file.key(), e);
    }
  }
}
