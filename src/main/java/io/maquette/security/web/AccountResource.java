package io.maquette.security.web;

import io.maquette.http.Envelope;
import io.maquette.http.Messages;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestBody;
import io.maquette.security.AccountException;
import io.maquette.security.Caller;
import io.maquette.security.ClientAddress;
import io.maquette.security.CurrentUser;
import io.maquette.security.Passwords;
import io.maquette.security.SignIn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** REST resource of the calling user's account. */
@Path("account")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {

  @Inject private SignIn signIn;
  @Inject private CurrentUser user;
  @Context private HttpServletRequest request;

  @PUT
  @Path("password")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope changePassword(
      @NotNull(message = "invalid.object") @Valid ChangePassword change) {
    Caller caller = user.signedIn();
    try {
      signIn.changePassword(
          caller,
          change.present(),
          change.next(),
          CallerAuthenticationMechanism.sessionOf(request).orElseThrow(),
          ClientAddress.of(request));
    } catch (AccountException.WrongPassword e) {
      throw ProblemException.ofField("present", "invalid.present");
    }
    return Envelope.of(null, Messages.ofRequest().get("message.password-changed"));
  }

  /** Body of {@code PUT /api/account/password}. */
  @RequestBody
  public record ChangePassword(
      @NotNull(message = "invalid.present")
          @Size(min = 1, max = Passwords.MAX_LENGTH, message = "invalid.present")
          String present,
      @NotNull(message = "invalid.password")
          @Size(
              min = Passwords.MIN_LENGTH,
              max = Passwords.MAX_LENGTH,
              message = "invalid.password")
          String next) {

    /** Returns a text without the passwords, for logs. */
    @Override
    public String toString() {
      return "ChangePassword[]";
    }
  }
}
