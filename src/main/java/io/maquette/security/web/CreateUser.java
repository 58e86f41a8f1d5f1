package io.maquette.security.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Body of {@code POST /api/admin/users}. */
@RequestBody
public record CreateUser(
    @NotNull(message = "invalid.email")
        @Pattern(
            regexp = "[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,189}",
            message = "invalid.email")
        String email,
    @NotNull(message = "invalid.role") @Pattern(regexp = "USER|OPERATOR", message = "invalid.role")
        String role,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
