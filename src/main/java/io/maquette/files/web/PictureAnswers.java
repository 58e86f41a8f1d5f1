package io.maquette.files.web;

import io.maquette.files.ReadableFiles;
import io.maquette.files.Thumbnails;
import io.maquette.http.ETags;
import io.maquette.http.FileAnswer;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.picture.ReencodedPicture;
import io.maquette.storage.FileType;
import io.maquette.storage.LostFileException;
import io.maquette.task.FileRef;
import io.maquette.task.Task;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers to requests for a picture of a task: the stored file, or a thumbnail of it. */
@RequestScoped
public class PictureAnswers {

  private static final Logger LOG = Logger.getLogger(PictureAnswers.class.getName());

  @Inject private ReadableFiles files;
  @Inject private Thumbnails thumbnails;
  @Inject private ModelAnswers stored;

  /**
   * Checks the parameter that asks for a thumbnail.
   *
   * @param size length of the longer side in pixels; null for the stored picture
   * @throws ProblemException if there is no thumbnail of that size
   */
  static Optional<Thumbnails.Size> thumbnailSize(String size) {
    if (size == null) {
      return Optional.empty();
    }
    return Optional.of(
        Thumbnails.Size.of(size)
            .orElseThrow(() -> ProblemException.ofField("size", "invalid.thumbnail")));
  }

  /**
   * Answers a request for a picture. A picture that cannot be decoded is sent as it is stored.
   *
   * @param task owner of the file
   * @param version expected version of the stored file; may be null
   */
  Response answer(
      HttpServletRequest request,
      Task task,
      FileRef file,
      DownloadName name,
      Optional<Thumbnails.Size> size,
      String version) {
    Optional<ReencodedPicture> small = size.flatMap(wanted -> thumbnail(task, file, wanted));
    FileType type =
        small.map(ReencodedPicture::type).orElse(FileType.ofMediaType(file.mediaType()));
    Map<String, String> headers =
        Map.of(
            HttpHeaders.CACHE_CONTROL,
            ModelAnswers.caching(file, version),
            HttpHeaders.CONTENT_DISPOSITION,
            name.inline(type.extension()));
    if (small.isEmpty()) {
      return stored.send(request, task, file, headers);
    }
    byte[] content = small.get().content();
    return new FileAnswer(
            ETags.of(file.sha256() + "-" + size.get().pixels()),
            content.length,
            type.mediaType(),
            headers,
            offset -> new ByteArrayInputStream(content, (int) offset, content.length))
        .to(request)
        .build();
  }

  private Optional<ReencodedPicture> thumbnail(Task task, FileRef file, Thumbnails.Size size) {
    try {
      return thumbnails.of(file.key(), file.size(), size);
    } catch (LostFileException e) {
      throw files.problem(e, task.allowedActions());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A thumbnail could not be made at present", e);
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    }
  }
}
