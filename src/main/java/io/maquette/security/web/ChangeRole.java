package io.maquette.security.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Body of {@code PUT /api/admin/users/{id}/role}. */
@RequestBody
public record ChangeRole(
    @NotNull(message = "invalid.role") @Pattern(regexp = "USER|OPERATOR", message = "invalid.role")
        String role,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
