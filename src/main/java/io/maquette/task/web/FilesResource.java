package io.maquette.task.web;

import io.maquette.access.CurrentUser;
import io.maquette.asset.FileStore;
import io.maquette.platform.http.ETags;
import io.maquette.platform.http.FileAnswer;
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
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A task's files: its pictures and its model, whole or in part. */
@Path("tasks")
@RequestScoped
public class FilesResource {

  @Inject private TaskQueries queries;
  @Inject private FileStore store;
  @Inject private CurrentUser user;
  @Context private HttpServletRequest request;

  @GET
  @Path("{id}/images/{index}")
  public Response image(
      @PathParam("id") String id,
      @PathParam("index") String index,
      @QueryParam("v") String version) {
    Task task = queries.find(user.name(), Parameters.id(id));
    FileRef file =
        task.image(Parameters.imageIndex(index))
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND))
            .file();
    return send(file, Map.of(HttpHeaders.CACHE_CONTROL, caching(file, version)));
  }

  @GET
  @Path("{id}/model")
  public Response model(
      @PathParam("id") String id,
      @QueryParam("format") String format,
      @QueryParam("v") String version,
      @QueryParam("redirect") String redirect) {
    if (format != null && !format.equals("glb")) {
      throw ProblemException.ofField("format", "invalid.format");
    }
    if (redirect != null && !redirect.matches("true|false")) {
      throw ProblemException.ofField("redirect", "invalid.redirect");
    }
    TaskModel model =
        queries
            .find(user.name(), Parameters.id(id))
            .model()
            .filter(made -> made.file().isPresent())
            .orElseThrow(FilesResource::noModelYet);
    FileRef file = model.file().orElseThrow();
    String disposition = attachment(model.name(), model.format());
    Optional<URI> direct =
        "false".equals(redirect) || isAnsweredHere()
            ? Optional.empty()
            : store.directAddress(file.key(), file.mediaType(), disposition);
    return direct.isPresent()
        ? sendTo(direct.get())
        : send(
            file,
            Map.of(
                HttpHeaders.CACHE_CONTROL,
                caching(file, version),
                HttpHeaders.CONTENT_DISPOSITION,
                disposition));
  }

  /** What is no plain GET: only we know of our entity tags, and so of parts. */
  private boolean isAnsweredHere() {
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

  /** A picture of the finished model, where its provider makes one. */
  @GET
  @Path("{id}/preview")
  public Response preview(@PathParam("id") String id, @QueryParam("v") String version) {
    FileRef file =
        queries
            .find(user.name(), Parameters.id(id))
            .model()
            .flatMap(TaskModel::preview)
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    return send(file, Map.of(HttpHeaders.CACHE_CONTROL, caching(file, version)));
  }

  private static ProblemException noModelYet() {
    return new ProblemException(
        Problem.of(ProblemCode.NOT_FOUND, Texts.ofRequest().get("problem.no-model"), null));
  }

  private Response send(FileRef file, Map<String, String> more) {
    return new FileAnswer(
            ETags.of(file.sha256()),
            file.size(),
            file.mediaType(),
            more,
            offset -> store.open(file.key(), offset))
        .to(request)
        .build();
  }

  private static String caching(FileRef file, String version) {
    return TaskView.versionOf(file).equals(version)
        ? "private, max-age=31536000, immutable"
        : "private, no-cache";
  }

  /** A name for every client, and the real one, as RFC 8187 wants it, for those that read it. */
  static String attachment(String name, String format) {
    String encoded =
        URLEncoder.encode(name + "." + format, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    return "attachment; filename=\"model." + format + "\"; filename*=UTF-8''" + encoded;
  }
}
