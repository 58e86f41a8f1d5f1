package io.maquette.task.web;

import io.maquette.access.CurrentUser;
import io.maquette.asset.FileStore;
import io.maquette.platform.http.ByteRange;
import io.maquette.platform.http.ETags;
import io.maquette.platform.http.Problem;
import io.maquette.platform.http.ProblemCode;
import io.maquette.platform.http.ProblemException;
import io.maquette.platform.http.Texts;
import io.maquette.task.FileRef;
import io.maquette.task.Task;
import io.maquette.task.TaskModel;
import io.maquette.task.TaskQueries;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A task's files: its pictures and its model, whole or in part. */
@Path("tasks")
@RequestScoped
public class FilesResource {

  private static final int CHUNK = 16 << 10;

  @Inject private TaskQueries queries;
  @Inject private FileStore store;
  @Inject private CurrentUser user;

  @HeaderParam(HttpHeaders.IF_NONE_MATCH)
  private String known;

  @HeaderParam("Range")
  private String range;

  @HeaderParam("If-Range")
  private String ifRange;

  @GET
  @Path("{id}/images/{index}")
  public Response image(
      @PathParam("id") String id, @PathParam("index") String index, @QueryParam("v") String version)
      throws IOException {
    Task task = queries.find(user.name(), Parameters.id(id));
    FileRef file =
        task.image(Parameters.imageIndex(index))
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND))
            .file();
    return send(file, version, null);
  }

  @GET
  @Path("{id}/model")
  public Response model(
      @PathParam("id") String id,
      @QueryParam("format") String format,
      @QueryParam("v") String version)
      throws IOException {
    if (format != null && !format.equals("glb")) {
      throw ProblemException.ofField("format", "invalid.format");
    }
    TaskModel model =
        queries
            .find(user.name(), Parameters.id(id))
            .model()
            .filter(made -> made.file().isPresent())
            .orElseThrow(FilesResource::noModelYet);
    return send(
        model.file().orElseThrow(),
        version,
        "attachment; filename=\"model."
            + model.format()
            + "\"; filename*=UTF-8''"
            + encode(model.name() + "." + model.format()));
  }

  private static ProblemException noModelYet() {
    return new ProblemException(
        Problem.of(ProblemCode.NOT_FOUND, Texts.ofRequest().get("problem.no-model"), null));
  }

  private Response send(FileRef file, String version, String disposition) throws IOException {
    String tag = ETags.of(file.sha256());
    boolean immutable = TaskView.versionOf(file).equals(version);
    Response.ResponseBuilder answer =
        ETags.isKnown(known, tag) ? Response.notModified() : content(file, tag);
    answer
        .header(HttpHeaders.ETAG, tag)
        .header(
            HttpHeaders.CACHE_CONTROL,
            immutable ? "private, max-age=31536000, immutable" : "private, no-cache");
    if (disposition != null) {
      answer.header(HttpHeaders.CONTENT_DISPOSITION, disposition);
    }
    return answer.build();
  }

  private Response.ResponseBuilder content(FileRef file, String tag) throws IOException {
    Optional<ByteRange> part;
    try {
      part =
          ifRange == null || ifRange.equals(tag)
              ? ByteRange.in(range, file.size())
              : Optional.empty();
    } catch (ByteRange.NotSatisfiableException e) {
      return Problem.of(
              ProblemCode.RANGE_NOT_SATISFIABLE,
              Texts.ofRequest().get("problem.RANGE_NOT_SATISFIABLE", file.size()),
              null)
          .toResponse()
          .header("Content-Range", "bytes */" + file.size());
    }
    ByteRange bytes = part.orElse(new ByteRange(0, file.size() - 1));
    InputStream content = store.open(file.key(), bytes.first());
    Response.ResponseBuilder answer =
        Response.status(part.isPresent() ? Response.Status.PARTIAL_CONTENT : Response.Status.OK)
            .entity((StreamingOutput) out -> copy(content, out, bytes.length()))
            .type(file.mediaType())
            .header("Accept-Ranges", "bytes")
            .header(HttpHeaders.CONTENT_LENGTH, bytes.length());
    return part.isEmpty()
        ? answer
        : answer.header(
            "Content-Range", "bytes " + bytes.first() + "-" + bytes.last() + "/" + file.size());
  }

  private static void copy(InputStream content, java.io.OutputStream out, long length)
      throws IOException {
    try (content) {
      byte[] chunk = new byte[CHUNK];
      long left = length;
      while (left > 0) {
        int read = content.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (read < 0) {
          throw new IOException("file ended early");
        }
        out.write(chunk, 0, read);
        left -= read;
      }
    }
  }

  /** As RFC 8187 wants it. */
  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
