package io.maquette.security.web;

import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.Messages;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestBody;
import io.maquette.http.RequestFields;
import io.maquette.http.VisibleText;
import io.maquette.security.ApiKey;
import io.maquette.security.ApiKeys;
import io.maquette.security.Caller;
import io.maquette.security.CurrentUser;
import io.maquette.security.Role;
import io.maquette.security.Scope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import java.time.Instant;
import java.util.Set;

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
        keys.list(user.signedIn().account()).stream().map(KeyView::of).toList(), null);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@NotNull(message = "invalid.object") @Valid CreateKey request) {
    Caller caller = user.signedIn();
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
        KeyView.of(keys.revoke(user.signedIn().account(), RequestFields.id(id))),
        Messages.ofRequest().get("message.key-revoked"));
  }

  /**
   * Body of {@code POST /api/keys}.
   *
   * @param name name that the owner has chosen
   * @param scope names separated by spaces
   * @param days validity in days; null for no expiry
   */
  @RequestBody
  public record CreateKey(
      @VisibleText(max = 100, message = "invalid.key-name") String name,
      @NotNull(message = "invalid.scope")
          @Pattern(
              regexp = "(read|write|admin)( (read|write|admin)){0,2}",
              message = "invalid.scope")
          String scope,
      @Min(value = 1, message = "invalid.days") @Max(value = 3650, message = "invalid.days")
          Integer days) {}

  /**
   * API key in JSON, without the key itself.
   *
   * @param beginning the key's first characters
   * @param scope names separated by spaces
   * @param lastUsedAt accurate to one minute; null for never
   */
  public record KeyView(
      String id,
      String name,
      String beginning,
      String scope,
      Instant createdAt,
      Instant expiresAt,
      Instant lastUsedAt,
      Instant revokedAt) {

    /**
     * Newly created key.
     *
     * @param token the key itself, shown only once
     */
    public record WithToken(KeyView key, String token) {
      @Override
      public String toString() {
        return "WithToken[key=" + key.id() + "]";
      }
    }

    static KeyView of(ApiKey key) {
      return new KeyView(
          key.id().toString(),
          key.name(),
          key.beginning(),
          Scope.format(key.scopes()),
          key.createdAt(),
          key.expiresAt(),
          key.lastUsedAt(),
          key.revokedAt());
    }
  }
}
