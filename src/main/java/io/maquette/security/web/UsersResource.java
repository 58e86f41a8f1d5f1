package io.maquette.security.web;

import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.Messages;
import io.maquette.http.PageLimit;
import io.maquette.http.ProblemException;
import io.maquette.http.ServedTo;
import io.maquette.security.Account;
import io.maquette.security.Accounts;
import io.maquette.security.ApiKeys;
import io.maquette.security.CurrentUser;
import io.maquette.security.NotThereException;
import io.maquette.security.Role;
import io.maquette.security.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** REST resource for operator actions on users; every change is audited. */
@Path("admin/users")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class UsersResource {

  @Inject private Accounts accounts;
  @Inject private Users users;
  @Inject private ApiKeys keys;
  @Inject private CurrentUser user;
  @Context private UriInfo uris;

  @GET
  public ListEnvelope list(
      @QueryParam("q") String text,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    int size = PageLimit.of(limit);
    String wanted = Listing.filter("q", text);
    try {
      return Listing.page(accounts.list(wanted, size, cursor), size, UserView::of, Account::id);
    } catch (NotThereException e) {
      throw ProblemException.ofField("cursor", "invalid.cursor");
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(@NotNull(message = "invalid.object") @Valid CreateUser request) {
    Users.WithPassword created =
        users.create(
            request.email(), Role.valueOf(request.role()), user.operator(), request.reason());
    return Response.created(uris.getAbsolutePathBuilder().path(created.account().id()).build())
        .entity(told(created, "message.user-created"))
        .build();
  }

  @GET
  @Path("{id}")
  public Envelope get(@PathParam("id") String id) {
    return Envelope.of(UserView.of(accounts.find(id)));
  }

  @PUT
  @Path("{id}/role")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope changeRole(
      @PathParam("id") String id, @NotNull(message = "invalid.object") @Valid ChangeRole request) {
    return changed(
        accounts.changeRole(id, Role.valueOf(request.role()), user.operator(), request.reason()));
  }

  @PUT
  @Path("{id}/limits")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope changeLimits(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ChangeLimits request) {
    return changed(
        accounts.limit(id, request.waiting(), request.daily(), user.operator(), request.reason()));
  }

  @POST
  @Path("{id}/disable")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope disable(
      @PathParam("id") String id, @NotNull(message = "invalid.object") @Valid Why request) {
    return changed(accounts.disable(id, user.operator(), request.reason()));
  }

  @POST
  @Path("{id}/enable")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope enable(
      @PathParam("id") String id, @NotNull(message = "invalid.object") @Valid Why request) {
    return changed(accounts.enable(id, user.operator(), request.reason()));
  }

  @POST
  @Path("{id}/password")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope resetPassword(
      @PathParam("id") String id, @NotNull(message = "invalid.object") @Valid Why request) {
    return told(
        users.resetPassword(id, user.operator(), request.reason()), "message.password-reset");
  }

  @GET
  @Path("{id}/keys")
  public ListEnvelope keys(@PathParam("id") String id) {
    return ListEnvelope.of(
        keys.list(accounts.find(id).id()).stream().map(KeyView::of).toList(), null);
  }

  private static Envelope changed(Account account) {
    return Envelope.of(UserView.of(account), Messages.ofRequest().get("message.user-changed"));
  }

  private static Envelope told(Users.WithPassword account, String message) {
    return Envelope.of(
        new UserView.WithPassword(UserView.of(account.account()), account.password()),
        Messages.ofRequest().get(message));
  }
}
