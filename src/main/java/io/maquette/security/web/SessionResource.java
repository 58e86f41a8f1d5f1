package io.maquette.security.web;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.Messages;
import io.maquette.http.RequestBody;
import io.maquette.http.ServedTo;
import io.maquette.security.Caller;
import io.maquette.security.ClientAddress;
import io.maquette.security.CurrentUser;
import io.maquette.security.RequestOrigin;
import io.maquette.security.Sessions;
import io.maquette.security.SignIn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/** REST resource of the session: the caller, sign-in and sign-out. */
@Path("session")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.ANYBODY)
public class SessionResource {

  /**
   * Caller in JSON.
   *
   * @param auth value of {@code maquette.auth}
   * @param signedIn whether the caller has an account, that is, has signed in or sends a key or
   *     token
   * @param name name for display; null if the caller is unknown
   * @param role USER or OPERATOR; null if the caller is unknown
   * @param local whether the caller has signed in with a password
   */
  public record SessionView(
      String auth, boolean signedIn, String name, String role, boolean local) {}

  @Inject private CurrentUser user;
  @Inject private SignIn signIn;
  @Inject private Sessions sessions;
  @Inject private Settings settings;
  @Context private HttpServletRequest request;

  @GET
  public Envelope get() {
    Caller caller = user.find().orElse(null);
    return Envelope.of(
        caller == null
            ? new SessionView(settings.get(Setting.AUTH), false, null, null, false)
            : new SessionView(
                settings.get(Setting.AUTH),
                caller.account() != null,
                caller.name(),
                caller.role().name(),
                caller.by() == Caller.Credential.SESSION));
  }

  /** Signs the user in with a new session and ends the previous one. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response enter(@NotNull(message = "invalid.object") @Valid Credentials credentials) {
    String token =
        signIn.enter(credentials.email(), credentials.password(), ClientAddress.of(request));
    endSession();
    return Response.ok(Envelope.of(null, Messages.ofRequest().get("message.signed-in")))
        .cookie(cookie(token, (int) settings.get(Setting.SESSION_LIFETIME).toSeconds()))
        .build();
  }

  @DELETE
  public Response leave() {
    endSession();
    return Response.ok(Envelope.of(null, Messages.ofRequest().get("message.signed-out")))
        .cookie(cookie("", 0))
        .build();
  }

  private void endSession() {
    CallerAuthenticationMechanism.sessionOf(request).ifPresent(sessions::end);
    HttpSession ofServer = request.getSession(false);
    if (ofServer != null) {
      ofServer.invalidate(); // the console's pages keep state in it
    }
  }

  private NewCookie cookie(String value, int seconds) {
    return new NewCookie.Builder(CallerAuthenticationMechanism.COOKIE)
        .value(value)
        .path(request.getContextPath() + "/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure(RequestOrigin.usesHttps(request))
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }

  /** Body of {@code POST /api/session}. */
  @RequestBody
  public record Credentials(
      @NotNull(message = "invalid.email")
          @Size(min = 3, max = 254, message = "invalid.email")
          @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "invalid.email")
          String email,
      @NotNull(message = "invalid.text") @Size(min = 1, max = 200, message = "invalid.text")
          String password) {

    /** Returns a text without the password, for logs. */
    @Override
    public String toString() {
      return "Credentials[email=" + email + "]";
    }
  }
}
