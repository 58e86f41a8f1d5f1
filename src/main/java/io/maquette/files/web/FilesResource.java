package io.maquette.files.web;

import io.maquette.files.Thumbnails;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.security.CurrentUser;
import io.maquette.task.FileRef;
import io.maquette.task.Task;
import io.maquette.task.TaskImage;
import io.maquette.task.TaskModel;
import io.maquette.task.TaskQueries;
import io.maquette.task.web.Parameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** REST resource for the files of a task, whole or in part: pictures, preview and model. */
@Path("tasks")
@RequestScoped
public class FilesResource {

  @Inject private TaskQueries queries;
  @Inject private ModelAnswers answers;
  @Inject private PictureAnswers pictures;
  @Inject private CurrentUser user;
  @Context private HttpServletRequest request;

  @GET
  @Path("{id}/images/{index}")
  public Response image(
      @PathParam("id") String id,
      @PathParam("index") String index,
      @QueryParam("size") String size,
      @QueryParam("v") String version) {
    Optional<Thumbnails.Size> thumbnail = PictureAnswers.thumbnailSize(size);
    Task task = queries.find(user.name(), Parameters.id(id));
    TaskImage image =
        task.image(Parameters.imageIndex(index))
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    return pictures.answer(
        request,
        task,
        image.file(),
        DownloadName.of(task.prompt(), "picture").with("-" + (image.index() + 1)),
        thumbnail,
        version);
  }

  @GET
  @Path("{id}/model")
  public Response model(
      @PathParam("id") String id,
      @QueryParam("format") String format,
      @QueryParam("colors") String colors,
      @QueryParam("palette") String palette,
      @QueryParam("v") String version,
      @QueryParam("redirect") String redirect) {
    ModelAnswers.Wanted wanted = ModelAnswers.Wanted.of(format, colors, palette, version, redirect);
    Task task = withModel(id);
    return answers.model(
        request, task, task.model().flatMap(TaskModel::file).orElseThrow(), wanted);
  }

  /** Returns the printability report of the model in the language of the request. */
  @GET
  @Path("{id}/model/printability")
  @Produces(MediaType.APPLICATION_JSON)
  public Response printability(
      @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
    Task task = withModel(id);
    return answers.printability(task, task.model().flatMap(TaskModel::file).orElseThrow(), known);
  }

  private Task withModel(String id) {
    Task task = queries.find(user.name(), Parameters.id(id));
    if (task.model().flatMap(TaskModel::file).isEmpty()) {
      throw noModelYet();
    }
    return task;
  }

  /** Returns the preview picture of the finished model, if its provider makes one. */
  @GET
  @Path("{id}/preview")
  public Response preview(
      @PathParam("id") String id,
      @QueryParam("size") String size,
      @QueryParam("v") String version) {
    Optional<Thumbnails.Size> thumbnail = PictureAnswers.thumbnailSize(size);
    Task task = queries.find(user.name(), Parameters.id(id));
    FileRef file =
        task.model()
            .flatMap(TaskModel::preview)
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    return pictures.answer(
        request, task, file, DownloadName.of(task.prompt(), "model"), thumbnail, version);
  }

  private static ProblemException noModelYet() {
    return new ProblemException(
        Problem.of(ProblemCode.NOT_FOUND, Messages.ofRequest().get("problem.no-model"), null));
  }
}
