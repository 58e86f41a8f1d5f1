package io.maquette.security.web;

import io.maquette.http.RequestBody;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

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
