package io.maquette.webhook.web;

import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.Messages;
import io.maquette.http.RequestFields;
import io.maquette.security.CurrentUser;
import io.maquette.webhook.Webhooks;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** REST resource of the calling user's webhooks, which cover this user's tasks. */
@Path("webhooks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksResource {

  @Inject private Webhooks webhooks;
  @Inject private WebhookFields fields;
  @Inject private CurrentUser user;

  @GET
  public ListEnvelope list() {
    return ListEnvelope.of(webhooks.list(user.name()).stream().map(WebhookView::of).toList(), null);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@NotNull(message = "invalid.object") @Valid CreateWebhook request) {
    return Response.status(Response.Status.CREATED)
        .entity(
            Envelope.of(
                WebhookView.WithSecret.of(
                    webhooks.create(
                        user.name(), fields.url(request.url()), fields.events(request.events()))),
                Messages.ofRequest().get("message.webhook-created")))
        .build();
  }

  @DELETE
  @Path("{id}")
  public Envelope delete(@PathParam("id") String id) {
    webhooks.delete(user.name(), RequestFields.id(id));
    return Envelope.of(null);
  }

  @POST
  @Path("{id}/rotate")
  public Envelope rotate(@PathParam("id") String id) {
    return Envelope.of(
        WebhookView.WithSecret.of(webhooks.rotate(user.name(), RequestFields.id(id))),
        Messages.ofRequest().get("message.webhook-created"));
  }

  @POST
  @Path("{id}/resume")
  public Envelope resume(@PathParam("id") String id) {
    return Envelope.of(WebhookView.of(webhooks.resume(user.name(), RequestFields.id(id))));
  }

  @GET
  @Path("{id}/deliveries")
  public ListEnvelope deliveries(@PathParam("id") String id, @QueryParam("cursor") String cursor) {
    return WebhookFields.page(
        webhooks.deliveries(user.name(), RequestFields.id(id), WebhookFields.cursor(cursor)));
  }

  @POST
  @Path("{id}/deliveries/{event}/resend")
  public Envelope resend(@PathParam("id") String id, @PathParam("event") String event) {
    return Envelope.of(
        DeliveryView.of(
            webhooks.resend(user.name(), RequestFields.id(id), WebhookFields.event(event))));
  }
}
