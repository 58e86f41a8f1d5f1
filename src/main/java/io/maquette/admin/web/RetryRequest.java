package io.maquette.admin.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Body of {@code POST /api/admin/tasks/{id}/retry}. */
@RequestBody
public record RetryRequest(
    @NotNull(message = "invalid.retry") @Pattern(regexp = "images|model", message = "invalid.retry")
        String type,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
