package io.maquette.access.web;

import io.maquette.access.Audit;
import io.maquette.platform.http.RequestBody;
import io.maquette.platform.http.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The body of {@code PUT /api/admin/users/{id}/role}. */
@RequestBody
public record ChangeRole(
    @NotNull(message = "invalid.role") @Pattern(regexp = "USER|OPERATOR", message = "invalid.role")
        String role,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
