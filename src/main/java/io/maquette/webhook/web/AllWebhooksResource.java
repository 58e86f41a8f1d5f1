package io.maquette.webhook.web;

import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.Messages;
import io.maquette.http.RequestFields;
import io.maquette.http.ServedTo;
import io.maquette.security.CurrentUser;
import io.maquette.security.web.ReasonRequest;
import io.maquette.webhook.Webhooks;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** REST resource for operators: all webhooks, and webhooks for the tasks of all users. */
@Path("admin/webhooks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class AllWebhooksResource {

  @Inject private Webhooks webhooks;
  @Inject private WebhookFields fields;
  @Inject private CurrentUser user;

  @GET
  public ListEnvelope list() {
    return ListEnvelope.of(webhooks.listAll().stream().map(WebhookView::of).toList(), null);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@NotNull(message = "invalid.object") @Valid CreateWebhookForAll request) {
    return Response.status(Response.Status.CREATED)
        .entity(
            Envelope.of(
                WebhookView.WithSecret.of(
                    webhooks.createForAll(
                        fields.url(request.url()),
                        fields.events(request.events()),
                        user.operator(),
                        request.reason())),
                Messages.ofRequest().get("message.webhook-created")))
        .build();
  }

  @POST
  @Path("{id}/delete")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope delete(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    webhooks.delete(RequestFields.id(id), user.operator(), request.reason());
    return Envelope.of(null);
  }

  @POST
  @Path("{id}/rotate")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope rotate(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return Envelope.of(
        WebhookView.WithSecret.of(
            webhooks.rotate(RequestFields.id(id), user.operator(), request.reason())),
        Messages.ofRequest().get("message.webhook-created"));
  }

  @POST
  @Path("{id}/resume")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope resume(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return Envelope.of(
        WebhookView.of(webhooks.resume(RequestFields.id(id), user.operator(), request.reason())));
  }

  @GET
  @Path("{id}/deliveries")
  public ListEnvelope deliveries(@PathParam("id") String id, @QueryParam("cursor") String cursor) {
    return WebhookFields.page(
        webhooks.deliveries(
            webhooks.find(RequestFields.id(id)).id(), WebhookFields.cursor(cursor)));
  }

  @POST
  @Path("{id}/deliveries/{event}/resend")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope resend(
      @PathParam("id") String id,
      @PathParam("event") String event,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return Envelope.of(
        DeliveryView.of(
            webhooks.resend(
                RequestFields.id(id),
                WebhookFields.event(event),
                user.operator(),
                request.reason())));
  }
}
