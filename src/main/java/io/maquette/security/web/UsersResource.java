package io.maquette.security.web;

import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.Messages;
import io.maquette.http.PageLimit;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestBody;
import io.maquette.http.RequestFields;
import io.maquette.http.ServedTo;
import io.maquette.http.VisibleText;
import io.maquette.persistence.Page;
import io.maquette.security.Account;
import io.maquette.security.Accounts;
import io.maquette.security.ApiKeys;
import io.maquette.security.Audit;
import io.maquette.security.CurrentUser;
import io.maquette.security.NotThereException;
import io.maquette.security.Role;
import io.maquette.security.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import java.time.Instant;

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
    String wanted = RequestFields.filter("q", text);
    try {
      return ListEnvelope.of(
          Page.of(accounts.list(wanted, size, cursor), size, Account::id), UserView::of);
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
        .entity(withPassword(created, "message.user-created"))
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
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return changed(accounts.disable(id, user.operator(), request.reason()));
  }

  @POST
  @Path("{id}/enable")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope enable(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return changed(accounts.enable(id, user.operator(), request.reason()));
  }

  @POST
  @Path("{id}/password")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope resetPassword(
      @PathParam("id") String id,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    return withPassword(
        users.resetPassword(id, user.operator(), request.reason()), "message.password-reset");
  }

  @GET
  @Path("{id}/keys")
  public ListEnvelope keys(@PathParam("id") String id) {
    return ListEnvelope.of(
        keys.list(accounts.find(id).id()).stream().map(KeysResource.KeyView::of).toList(), null);
  }

  private static Envelope changed(Account account) {
    return Envelope.of(UserView.of(account), Messages.ofRequest().get("message.user-changed"));
  }

  private static Envelope withPassword(Users.WithPassword account, String message) {
    return Envelope.of(
        new UserView.WithPassword(UserView.of(account.account()), account.password()),
        Messages.ofRequest().get(message));
  }

  /** Body of {@code POST /api/admin/users}. */
  @RequestBody
  public record CreateUser(
      @NotNull(message = "invalid.email")
          @Pattern(
              regexp = "[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,189}",
              message = "invalid.email")
          String email,
      @NotNull(message = "invalid.role")
          @Pattern(regexp = "USER|OPERATOR", message = "invalid.role")
          String role,
      @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}

  /** Body of {@code PUT /api/admin/users/{id}/role}. */
  @RequestBody
  public record ChangeRole(
      @NotNull(message = "invalid.role")
          @Pattern(regexp = "USER|OPERATOR", message = "invalid.role")
          String role,
      @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}

  /**
   * Body of {@code PUT /api/admin/users/{id}/limits}.
   *
   * @param waiting limit of waiting tasks; null applies the limit of the settings
   * @param daily limit of tasks per day; null applies the limit of the settings
   */
  @RequestBody
  public record ChangeLimits(
      @Min(value = 0, message = "invalid.quota") @Max(value = 10_000_000, message = "invalid.quota")
          Integer waiting,
      @Min(value = 0, message = "invalid.quota") @Max(value = 10_000_000, message = "invalid.quota")
          Integer daily,
      @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}

  /**
   * Account in JSON.
   *
   * @param id id under which the account's tasks are stored
   * @param name e-mail, or the subject at an outside issuer
   * @param local whether the account signs in with a password
   * @param disabledAt null if the account is enabled
   * @param waitingLimit null applies the limit of the settings
   * @param dailyLimit null applies the limit of the settings
   */
  public record UserView(
      String id,
      String name,
      boolean local,
      String role,
      Instant createdAt,
      Instant disabledAt,
      Integer waitingLimit,
      Integer dailyLimit) {

    /**
     * Account with its new password.
     *
     * @param password shown only once
     */
    public record WithPassword(UserView user, String password) {
      @Override
      public String toString() {
        return "WithPassword[user=" + user.id() + "]";
      }
    }

    static UserView of(Account account) {
      return new UserView(
          account.id(),
          account.name(),
          account.isLocal(),
          account.role().name(),
          account.createdAt(),
          account.disabledAt(),
          account.waitingLimit(),
          account.dailyLimit());
    }
  }
}
