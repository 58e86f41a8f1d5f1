package io.maquette.security.web;

import io.maquette.http.RequestBody;
import io.maquette.security.Passwords;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Body of {@code PUT /api/account/password}. */
@RequestBody
public record ChangePassword(
    @NotNull(message = "invalid.present")
        @Size(min = 1, max = Passwords.MAX_LENGTH, message = "invalid.present")
        String present,
    @NotNull(message = "invalid.password")
        @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH, message = "invalid.password")
        String next) {

  /** Returns a text without the passwords, for logs. */
  @Override
  public String toString() {
    return "ChangePassword[]";
  }
}
