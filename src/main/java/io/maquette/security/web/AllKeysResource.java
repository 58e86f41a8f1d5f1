package io.maquette.security.web;

import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.Messages;
import io.maquette.http.RequestFields;
import io.maquette.http.ServedTo;
import io.maquette.security.ApiKeys;
import io.maquette.security.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * REST resource for operator actions on the keys of all users; {@code UsersResource} lists keys.
 */
@Path("admin/keys")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class AllKeysResource {

  @Inject private ApiKeys keys;
  @Inject private CurrentUser user;

  @POST
  @Path("{id}/revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope revoke(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return Envelope.of(
        KeysResource.KeyView.of(
            keys.revoke(RequestFields.id(id), user.operator(), request.reason())),
        Messages.ofRequest().get("message.key-revoked"));
  }
}
