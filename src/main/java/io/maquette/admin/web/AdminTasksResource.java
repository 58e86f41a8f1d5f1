package io.maquette.admin.web;

import io.maquette.admin.BulkActions;
import io.maquette.admin.Intervention;
import io.maquette.admin.Owners;
import io.maquette.admin.ProviderState;
import io.maquette.admin.ProviderStates;
import io.maquette.admin.TaskActions;
import io.maquette.admin.TaskDetails;
import io.maquette.admin.TaskRow;
import io.maquette.admin.TaskSearchService;
import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.PageLimit;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import io.maquette.http.ServedTo;
import io.maquette.http.VisibleText;
import io.maquette.persistence.Page;
import io.maquette.security.Audit;
import io.maquette.security.CurrentUser;
import io.maquette.security.web.ReasonRequest;
import io.maquette.task.TaskCursor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** REST resource for tasks of all users; every change is audited. */
@Path("admin/tasks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class AdminTasksResource {

  /**
   * Task details in JSON.
   *
   * @param waitsFor which provider keeps the task waiting, and why; null if none does
   */
  public record DetailsView(TaskDetails task, String waitsFor) {}

  @Inject private TaskSearchService tasks;
  @Inject private TaskActions actions;
  @Inject private BulkActions bulk;
  @Inject private ProviderStates providers;
  @Inject private Owners owners;
  @Inject private CurrentUser user;

  @GET
  public ListEnvelope list(
      @QueryParam("status") String status,
      @QueryParam("modelStatus") String modelStatus,
      @QueryParam("stage") String stage,
      @QueryParam("provider") String provider,
      @QueryParam("user") String owner,
      @QueryParam("code") String code,
      @QueryParam("from") String from,
      @QueryParam("before") String before,
      @QueryParam("q") String text,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    SearchFields fields =
        new SearchFields(status, modelStatus, stage, provider, owner, code, from, before, text);
    Page<TaskRow, TaskCursor> page =
        tasks.list(fields.search(owners), PageLimit.of(limit), SearchFields.cursor(cursor));
    return ListEnvelope.of(page.items(), page.next() == null ? null : page.next().encode());
  }

  @GET
  @Path("{id}")
  public Envelope details(@PathParam("id") String id) {
    return Envelope.of(view(RequestFields.id(id)));
  }

  private DetailsView view(UUID id) {
    TaskDetails details = tasks.details(id);
    return new DetailsView(details, providers.unavailableProviders(details).orElse(null));
  }

  /** Returns the task's details as a file. */
  @GET
  @Path("{id}/export")
  public Response export(@PathParam("id") String id) {
    UUID task = RequestFields.id(id);
    return Response.ok(view(task))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"task-" + task + ".json\"")
        .build();
  }

  @POST
  @Path("{id}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope cancel(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return done(Intervention.CANCEL, id, request.reason());
  }

  @POST
  @Path("{id}/retry")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope retry(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid RetryRequest request) {
    return done(
        request.type().equals("images") ? Intervention.RETRY_IMAGES : Intervention.RETRY_MODEL,
        id,
        request.reason());
  }

  @POST
  @Path("{id}/release")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope release(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return done(Intervention.RELEASE_LEASE, id, request.reason());
  }

  @POST
  @Path("{id}/provider")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope changeProvider(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ProviderRequest request) {
    ProviderState maker =
        providers
            .modelProvider(request.provider())
            .orElseThrow(() -> ProblemException.ofField("provider", "invalid.model-provider"));
    return Envelope.of(
        actions.changeProvider(RequestFields.id(id), maker, user.operator(), request.reason()));
  }

  @DELETE
  @Path("{id}")
  public Envelope delete(@PathParam("id") String id, @QueryParam("reason") String reason) {
    if (!VisibleText.Check.isFit(reason, Audit.MAX_REASON)) {
      throw ProblemException.ofField("reason", "invalid.reason");
    }
    return done(Intervention.DELETE, id, reason);
  }

  private Envelope done(Intervention what, String id, String reason) {
    return Envelope.of(actions.intervene(what, RequestFields.id(id), user.operator(), reason));
  }

  @POST
  @Path("bulk")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope runBulk(@NotNull(message = "invalid.object") @Valid BulkRequest request) {
    return Envelope.of(
        bulk.run(
            request.order(providers), request.search(owners), user.operator(), request.reason()));
  }

  /** Returns a preview of a bulk action, without changes. */
  @POST
  @Path("bulk/preview")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope previewBulk(@NotNull(message = "invalid.object") BulkRequest request) {
    return Envelope.of(bulk.preview(request.order(providers), request.search(owners)));
  }
}
