package io.maquette.files.web;

import io.maquette.files.ReadableFiles;
import io.maquette.http.ETags;
import io.maquette.http.Envelope;
import io.maquette.http.FileAnswer;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.mesh.Conversions;
import io.maquette.mesh.InvalidModelFileException;
import io.maquette.mesh.ModelFormat;
import io.maquette.mesh.colour.FilamentChoice;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.LostFileException;
import io.maquette.storage.StoredFile;
import io.maquette.task.FileRef;
import io.maquette.task.Task;
import io.maquette.task.TaskModel;
import io.maquette.task.web.TaskView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers to requests for a model file: the file itself, its conversions and its report. */
@RequestScoped
public class ModelAnswers {

  private static final Logger LOG = Logger.getLogger(ModelAnswers.class.getName());

  @Inject private FileStore store;
  @Inject private ReadableFiles files;
  @Inject private Conversions conversions;

  /**
   * Checked parameters of a request for a model.
   *
   * @param format the format to convert the model into; null for the stored format
   * @param filaments filament colours; empty for none
   * @param version expected version of the stored file; may be null
   * @param mayRedirect whether a redirect to the store is accepted
   */
  record Wanted(
      ModelFormat format, Optional<FilamentChoice> filaments, String version, boolean mayRedirect) {

    /**
     * Checks the parameters, each of which may be null.
     *
     * @throws ProblemException with the parameter that is refused
     */
    static Wanted of(
        String format, String colors, String palette, String version, String redirect) {
      ModelFormat other =
          format == null || format.equals("glb")
              ? null
              : ModelFormat.ofId(format)
                  .orElseThrow(() -> ProblemException.ofField("format", "invalid.format"));
      if (redirect != null && !redirect.matches("true|false")) {
        throw ProblemException.ofField("redirect", "invalid.redirect");
      }
      return new Wanted(
          other, FilamentParameters.of(colors, palette, other), version, !"false".equals(redirect));
    }
  }

  /**
   * Answers a request for a model.
   *
   * @param task owner of the file
   * @param made the stored GLB file
   */
  Response model(HttpServletRequest request, Task task, FileRef made, Wanted wanted) {
    ModelFormat other = wanted.format();
    DownloadName name = DownloadName.of(task.prompt(), "model");
    FileRef file =
        wanted.filaments().isPresent()
            ? coloured(task, made, other, wanted.filaments().get())
            : other == null ? made : converted(task, made, other, name.ascii());
    String disposition =
        name.attachment(
            other == null ? FileType.ofMediaType(made.mediaType()).extension() : extension(other));
    Optional<URI> direct =
        !wanted.mayRedirect() || isAnsweredHere(request)
            ? Optional.empty()
            : store.directAddress(file.key(), file.mediaType(), disposition);
    if (direct.isPresent()) {
      glance(task, file);
      return sendTo(direct.get());
    }
    return send(
        request,
        task,
        file,
        Map.of(
            HttpHeaders.CACHE_CONTROL,
            caching(made, wanted.version()),
            HttpHeaders.CONTENT_DISPOSITION,
            disposition));
  }

  private static String extension(ModelFormat format) {
    String type = format.type().extension();
    return format.id().equals(type) ? type : format.id() + "." + type;
  }

  /** Answers with the printability report of a model in the language of the request. */
  Response printability(Task task, FileRef made, String known) {
    String tag = ETags.of(TaskView.versionOf(made) + "-" + Messages.ofRequest().language());
    Response.ResponseBuilder answer =
        ETags.isKnown(known, tag)
            ? Response.notModified()
            : Response.ok(
                Envelope.of(
                    PrintabilityView.of(
                        converted(task, () -> conversions.printability(made.key(), made.size())))));
    return answer
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .build();
  }

  private FileRef converted(Task task, FileRef made, ModelFormat format, String name) {
    return refTo(converted(task, () -> conversions.of(made.key(), made.size(), format, name)));
  }

  private FileRef coloured(Task task, FileRef made, ModelFormat format, FilamentChoice filaments) {
    if (format == null) {
      return refTo(converted(task, () -> conversions.shown(made.key(), made.size(), filaments)));
    }
    Optional<String> preview = task.model().flatMap(TaskModel::preview).map(FileRef::key);
    return refTo(
        converted(task, () -> conversions.painted(made.key(), made.size(), filaments, preview)));
  }

  /** Returns a task's reference to a stored file. */
  static FileRef refTo(StoredFile file) {
    return new FileRef(file.key(), file.sha256(), file.type().mediaType(), file.size());
  }

  private interface Conversion<T> {
    T get() throws IOException, Conversions.BusyException;
  }

  private <T> T converted(Task task, Conversion<T> conversion) {
    try {
      return conversion.get();
    } catch (InvalidModelFileException e) {
      LOG.log(Level.INFO, () -> "A model cannot be converted: " + e.getMessage());
      throw notConvertible(e.fault(), e.arguments());
    } catch (LostFileException e) {
      throw files.problem(e, task.allowedActions());
    } catch (NoSuchFileException e) { // the converted file was deleted with its model
      throw new ProblemException(ProblemCode.NOT_FOUND);
    } catch (IOException | Conversions.BusyException e) {
      LOG.log(Level.WARNING, "A model could not be converted at present", e);
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    }
  }

  /**
   * Returns the problem of a model that cannot be converted, with the reason in the language of the
   * request.
   */
  static ProblemException notConvertible(
      InvalidModelFileException.Fault fault, Object... arguments) {
    Messages texts = Messages.ofRequest();
    return new ProblemException(
        Problem.of(
            ProblemCode.NOT_CONVERTIBLE,
            texts.get("problem.NOT_CONVERTIBLE", texts.get("model-fault." + fault, arguments)),
            Map.of("reason", fault.name())));
  }

  /**
   * Returns whether this application answers the request itself. It does so for all but plain GET
   * requests, because only it knows the entity tags, and therefore ranges.
   */
  private static boolean isAnsweredHere(HttpServletRequest request) {
    return !request.getMethod().equals(HttpMethod.GET)
        || request.getHeader("Range") != null
        || request.getHeader(HttpHeaders.IF_NONE_MATCH) != null;
  }

  private static Response sendTo(URI address) {
    return Response.status(Response.Status.FOUND)
        .location(address)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
        .build();
  }

  /** Checks a file that the store itself serves, without reading it. */
  private void glance(Task task, FileRef file) {
    try {
      files.glance(file.key(), file.size(), task.allowedActions());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A file could not be checked", e);
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    }
  }

  Response send(HttpServletRequest request, Task task, FileRef file, Map<String, String> more) {
    return new FileAnswer(
            ETags.of(file.sha256()),
            file.size(),
            file.mediaType(),
            more,
            files.content(file.key(), file.size(), task.allowedActions()))
        .to(request)
        .build();
  }

  static String caching(FileRef file, String version) {
    return TaskView.versionOf(file).equals(version)
        ? "private, max-age=31536000, immutable"
        : "private, no-cache";
  }
}
