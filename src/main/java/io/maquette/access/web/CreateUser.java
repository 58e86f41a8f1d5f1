package io.maquette.access.web;

import io.maquette.access.Audit;
import io.maquette.platform.http.RequestBody;
import io.maquette.platform.http.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The body of {@code POST /api/admin/users}. */
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
