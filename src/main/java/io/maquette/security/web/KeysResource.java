package io.maquette.security.web;

import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.Messages;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.security.ApiKeys;
import io.maquette.security.Caller;
import io.maquette.security.CurrentUser;
import io.maquette.security.Role;
import io.maquette.security.Scope;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * REST resource of the calling user's API keys. A key cannot create keys, so that revoking a leaked
 * key removes all access of its holder.
 */
@Path("keys")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {

  @Inject private ApiKeys keys;
  @Inject private CurrentUser user;
  @Inject private Clock clock;

  @GET
  public ListEnvelope list() {
    return ListEnvelope.of(
        keys.list(SignedIn.caller(user).account()).stream().map(KeyView::of).toList(), null);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@NotNull(message = "invalid.object") @Valid CreateKey request) {
    Caller caller = SignedIn.caller(user);
    ApiKeys.Created created =
        keys.create(
            caller.account(),
            request.name(),
            scopes(request.scope(), caller),
            request.days() == null ? null : clock.instant().plus(Duration.ofDays(request.days())));
    return Response.status(Response.Status.CREATED)
        .entity(
            Envelope.of(
                new KeyView.WithToken(KeyView.of(created.key()), created.token()),
                Messages.ofRequest().get("message.key-created")))
        .build();
  }

  private static Set<Scope> scopes(String text, Caller caller) {
    Set<Scope> scopes;
    try {
      scopes = Scope.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.ofField("scope", "invalid.scope");
    }
    if (scopes.contains(Scope.ADMIN) && caller.role() != Role.OPERATOR) {
      throw ProblemException.ofField("scope", "invalid.scope-admin");
    }
    return scopes;
  }

  @DELETE
  @Path("{id}")
  public Envelope revoke(@PathParam("id") String id) {
    return Envelope.of(
        KeyView.of(keys.revoke(SignedIn.caller(user).account(), id(id))),
        Messages.ofRequest().get("message.key-revoked"));
  }

  /** Parses a key's id; any other text is answered with 404. */
  static UUID id(String text) {
    if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    return UUID.fromString(text);
  }
}
