package io.maquette.files.web;

import io.maquette.files.PrintFile;
import io.maquette.files.PrintFileRows;
import io.maquette.files.PrintJobs;
import io.maquette.http.Envelope;
import io.maquette.http.JsonBody;
import io.maquette.http.ListEnvelope;
import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.mesh.edit.PrintOptions;
import io.maquette.security.CurrentUser;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import io.maquette.task.FileRef;
import io.maquette.task.Task;
import io.maquette.task.TaskModel;
import io.maquette.task.TaskQueries;
import io.maquette.task.web.Parameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * REST resource for the print files of a task. They belong to the owner of the task, and to the
 * model that the task has now.
 */
@Path("tasks/{id}/print-files")
@RequestScoped
public class PrintFilesResource {

  private static final Logger LOG = Logger.getLogger(PrintFilesResource.class.getName());
  private static final String RETRY_SECONDS = "10";

  @Inject private TaskQueries queries;
  @Inject private PrintFileRows rows;
  @Inject private PrintJobs jobs;
  @Inject private IntactFiles intact;
  @Inject private ModelAnswers answers;
  @Inject private CurrentUser user;
  @Context private HttpServletRequest request;
  @Context private UriInfo uris;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response create(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) String length,
      InputStream body) {
    Task task = queries.find(user.name(), Parameters.id(id));
    FileRef model = modelOf(task);
    PrintOptions options = options(body, length);
    PrintFile file = requested(task, options, false);
    if (file != null && file.file() != null && isLost(file.file())) {
      file = requested(task, options, true);
    }
    if (file == null) {
      modelOf(queries.find(user.name(), task.id())); // refuses a task or model that is gone now
      return refusal(ProblemCode.RATE_LIMITED);
    }
    if (file.work().isOpen() && !jobs.hasRoom()) {
      return refusal(ProblemCode.QUEUE_FULL); // the next request for the queued file takes it
    }
    jobs.take(file, model.size());
    return Response.accepted(Envelope.of(PrintFileView.of(file)))
        .location(uris.getAbsolutePathBuilder().path(file.id()).build())
        .build();
  }

  private PrintFile requested(Task task, PrintOptions options, boolean isLost) {
    return rows.request(task.id(), task.owner(), options, isLost).orElse(null);
  }

  private static Response refusal(ProblemCode code) {
    return Problem.of(code, Messages.ofRequest().get("problem.print." + code), null)
        .toResponse()
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .build();
  }

  private static PrintOptions options(InputStream body, String length) {
    try {
      return PrintOptions.of(JsonBody.read(body, length));
    } catch (PrintOptions.InvalidOptionException e) {
      throw ProblemException.ofField(e.option(), "invalid.print." + e.rule(), e.bounds());
    }
  }

  /** Returns whether the file of a result is lost; the work is then done again. */
  private boolean isLost(FileRef file) {
    try {
      intact.verify(file.key(), file.size());
      return false;
    } catch (LostFileException e) {
      LOG.log(Level.WARNING, () -> "A print file is made again: " + e.getMessage());
      return true;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A print file could not be checked", e);
      throw new ProblemException(ProblemCode.UNAVAILABLE);
    }
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public ListEnvelope list(@PathParam("id") String id) {
    Task task = queries.find(user.name(), Parameters.id(id));
    String model = task.model().flatMap(TaskModel::file).map(FileRef::key).orElse("");
    List<PrintFileView> views =
        rows.list(task.id()).stream()
            .filter(file -> file.model().equals(model))
            .map(PrintFileView::of)
            .toList();
    return ListEnvelope.of(views, null);
  }

  @GET
  @Path("{print}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response get(@PathParam("id") String id, @PathParam("print") String print) {
    Task task = queries.find(user.name(), Parameters.id(id));
    PrintFile file = find(task, print);
    jobs.take(file, modelOf(task).size());
    return Response.ok(Envelope.of(PrintFileView.of(file)))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
        .build();
  }

  @DELETE
  @Path("{print}")
  @Produces(MediaType.APPLICATION_JSON)
  public Envelope delete(@PathParam("id") String id, @PathParam("print") String print) {
    Task task = queries.find(user.name(), Parameters.id(id));
    if (!rows.delete(task.id(), find(task, print).id())) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    jobs.cancel(print);
    return Envelope.of(null);
  }

  @GET
  @Path("{print}/model")
  public Response model(
      @PathParam("id") String id,
      @PathParam("print") String print,
      @QueryParam("format") String format,
      @QueryParam("colors") String colors,
      @QueryParam("palette") String palette,
      @QueryParam("v") String version,
      @QueryParam("redirect") String redirect) {
    ModelAnswers.Wanted wanted = ModelAnswers.Wanted.of(format, colors, palette, version, redirect);
    Task task = queries.find(user.name(), Parameters.id(id));
    return answers.model(request, task, fileOf(task, print), wanted);
  }

  /** Returns the printability report of the result in the language of the request. */
  @GET
  @Path("{print}/model/printability")
  @Produces(MediaType.APPLICATION_JSON)
  public Response printability(
      @PathParam("id") String id,
      @PathParam("print") String print,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
    Task task = queries.find(user.name(), Parameters.id(id));
    return answers.printability(task, fileOf(task, print), known);
  }

  private static FileRef modelOf(Task task) {
    return task.model()
        .flatMap(TaskModel::file)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        ProblemCode.NOT_FOUND,
                        Messages.ofRequest().get("problem.no-model"),
                        null)));
  }

  private PrintFile find(Task task, String print) {
    String model = modelOf(task).key();
    return rows.find(task.id(), print)
        .filter(file -> file.model().equals(model))
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  private FileRef fileOf(Task task, String print) {
    FileRef file = find(task, print).file();
    if (file == null) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    return file;
  }
}
