package io.maquette.task.web;

import io.maquette.http.ETags;
import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.Messages;
import io.maquette.http.PageLimit;
import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import io.maquette.persistence.Page;
import io.maquette.security.Caller;
import io.maquette.security.CurrentUser;
import io.maquette.task.Quota;
import io.maquette.task.Task;
import io.maquette.task.TaskCursor;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskException;
import io.maquette.task.TaskQueries;
import io.maquette.task.TaskService;
import io.maquette.task.TaskStatus;
import io.maquette.task.wait.WaitEstimate;
import io.maquette.task.wait.WaitEstimates;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * REST resource for the caller's tasks. One instance serves all requests. Creating one for each
 * request would cost more than reading a task, the most frequent request.
 */
@Path("tasks")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class TasksResource {

  @Inject private TaskService tasks;
  @Inject private TaskQueries queries;
  @Inject private WaitEstimates estimates;
  @Inject private TaskJson json;
  @Inject private UploadedPictures pictures;
  @Inject private OptionCheck options;
  @Inject private CurrentUser user;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      @Context UriInfo uris,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull(message = "invalid.object") @Valid CreateTask request) {
    String idempotencyKey = Parameters.idempotencyKey(key);
    Caller caller = user.caller();
    options.check(request.options());
    return created(
        uris,
        createOnce(
            idempotencyKey,
            () ->
                tasks.create(
                    caller.owner(),
                    quota(caller),
                    request.prompt(),
                    request.options(),
                    idempotencyKey)));
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response createFromPicture(
      @Context UriInfo uris,
      @HeaderParam("Idempotency-Key") String key,
      @NotNull(message = "invalid.object") @Valid PictureUpload request) {
    String idempotencyKey = Parameters.idempotencyKey(key);
    Caller caller = user.caller();
    UUID id = UUID.randomUUID();
    return created(
        uris,
        pictures.createTask(
            id,
            request.picture(),
            file ->
                createOnce(
                    idempotencyKey,
                    () ->
                        tasks.createFromPicture(
                            caller.owner(),
                            quota(caller),
                            id,
                            request.prompt(),
                            file,
                            idempotencyKey))));
  }

  private static Response created(UriInfo uris, Task task) {
    return Response.created(uris.getAbsolutePathBuilder().path(task.id().toString()).build())
        .header(HttpHeaders.ETAG, etag(task.updatedAt(), WaitEstimate.NONE))
        .entity(Envelope.of(TaskView.of(task), Messages.ofRequest().get("message.created")))
        .build();
  }

  /**
   * Creates a task. If two concurrent requests use the same key, one fails; its second attempt
   * finds the other's answer.
   */
  private static Task createOnce(String key, Supplier<Task> creation) {
    try {
      return creation.get();
    } catch (EJBException e) {
      if (key == null) {
        throw e;
      }
      return creation.get(); // safe to repeat, because the request has an idempotency key
    }
  }

  private static Quota quota(Caller caller) {
    return new Quota(caller.waitingLimit(), caller.dailyLimit());
  }

  @GET
  public Response list(
      @QueryParam("status") List<String> status,
      @QueryParam("q") String text,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
    Page<Task, TaskCursor> page =
        queries.list(
            user.name(),
            Parameters.filter(status, text),
            PageLimit.of(limit),
            Parameters.cursor(cursor));
    String next = page.next() == null ? null : page.next().encode();
    return unlessKnown(
        known,
        etag(page.items(), next),
        () -> ListEnvelope.of(page.items().stream().map(TaskView::of).toList(), next));
  }

  @GET
  @Path("{id}")
  public Response get(
      @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
    UUID asked = Parameters.id(id);
    TaskQueries.Version version =
        queries.version(user.name(), asked).orElseThrow(() -> new TaskException.NotFound(asked));
    String tag = etag(version.updatedAt(), WaitEstimate.NONE);
    // other tasks change the queue position of a pending task
    if (!version.status().isPending() && ETags.isKnown(known, tag)) {
      return conditional(Response.notModified(), tag);
    }
    Optional<String> written =
        version.status().isInProgress() ? Optional.empty() : json.known(asked, version.updatedAt());
    if (written.isPresent()) {
      return conditional(Response.ok(Envelope.ofJson(written.get())), tag);
    }
    Task task = queries.find(user.name(), asked);
    WaitEstimate wait = estimates.of(task);
    return unlessKnown(
        known,
        etag(task.updatedAt(), wait),
        () ->
            wait.equals(WaitEstimate.NONE)
                ? Envelope.ofJson(json.of(task))
                : Envelope.of(TaskView.of(task, wait)));
  }

  private static Response unlessKnown(String known, String tag, Supplier<Object> what) {
    return conditional(
        ETags.isKnown(known, tag) ? Response.notModified() : Response.ok(what.get()), tag);
  }

  private static Response conditional(Response.ResponseBuilder answer, String tag) {
    return answer
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .build();
  }

  @PATCH
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response selectImage(
      @PathParam("id") String id, @NotNull(message = "invalid.object") @Valid SelectImage request) {
    UUID task = Parameters.id(id);
    ModelOptions wanted = options.checked(request.options());
    return changed(
        tasks.selectImage(user.name(), task, request.selectedImageIndex(), wanted),
        "message.started");
  }

  @POST
  @Path("{id}/edit")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response edit(
      @PathParam("id") String id, @NotNull(message = "invalid.object") @Valid EditImage request) {
    UUID task = Parameters.id(id);
    return changed(
        tasks.editImage(user.name(), task, request.imageIndex(), request.instruction()),
        "message.editing");
  }

  @POST
  @Path("{id}/cancel")
  public Response cancel(@PathParam("id") String id) {
    Task task = tasks.cancel(user.name(), Parameters.id(id));
    boolean isOver = task.status() == TaskStatus.CANCELLED;
    return changed(task, isOver ? "message.cancelled" : "message.edit-cancelled");
  }

  @POST
  @Path("{id}/retry")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response retry(
      @PathParam("id") String id, @NotNull(message = "invalid.object") @Valid RetryTask request) {
    UUID task = Parameters.id(id);
    Task present = request.isForOthers() ? queries.find(user.name(), task) : null;
    if (request.type().equals("images")) {
      return changed(retryImages(task, present), "message.retry.images");
    }
    return changed(retryModel(task, present), "message.retry.model");
  }

  /** Retries with the same options, or for other pictures of the present task. */
  private Task retryImages(UUID id, Task present) {
    if (present == null) {
      return tasks.retryImages(user.name(), id);
    }
    ImageOptions others = present.imageOptions().withNewSeed();
    options.check(others);
    return tasks.retryImages(user.name(), id, others);
  }

  private Task retryModel(UUID id, Task present) {
    return present == null
        ? tasks.retryModel(user.name(), id)
        : tasks.retryModel(user.name(), id, options.checked(present.modelOptions().withNewSeed()));
  }

  @DELETE
  @Path("{id}")
  public Envelope delete(@PathParam("id") String id) {
    tasks.delete(user.name(), Parameters.id(id));
    return Envelope.of(null, Messages.ofRequest().get("message.deleted"));
  }

  @GET
  @Path("{id}/events")
  public ListEnvelope events(
      @PathParam("id") String id,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    Page<TaskEvent, Long> page =
        queries.history(
            user.name(), Parameters.id(id), PageLimit.of(limit), Parameters.after(cursor));
    return ListEnvelope.of(
        page.items().stream().map(EventView::of).toList(),
        page.next() == null ? null : page.next().toString());
  }

  private static Response changed(Task task, String message) {
    return Response.ok(Envelope.of(TaskView.of(task), Messages.ofRequest().get(message)))
        .header(HttpHeaders.ETAG, etag(task.updatedAt(), WaitEstimate.NONE))
        .build();
  }

  /**
   * Returns the entity tag of a task. It contains {@code updatedAt}, which is unique among the
   * visible changes of a task. It contains the queue position, which other tasks change. It omits
   * the estimate, which changes with time alone. It contains the language, because the error
   * message depends on it.
   */
  private static String etag(Instant updatedAt, WaitEstimate wait) {
    String version =
        Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, updatedAt), 36)
            + "-"
            + Messages.ofRequest().language();
    return ETags.of(wait.queuePosition() == null ? version : version + "-" + wait.queuePosition());
  }

  /**
   * Returns the entity tag of a page. Another task on the page, or another version of one, changes
   * the tag.
   */
  private static String etag(List<Task> tasks, String next) {
    String versions =
        tasks.stream()
            .map(task -> task.id() + etag(task.updatedAt(), WaitEstimate.NONE))
            .collect(Collectors.joining("", "", String.valueOf(next)));
    return ETags.of(UUID.nameUUIDFromBytes(versions.getBytes(StandardCharsets.UTF_8)).toString());
  }
}
