package io.maquette.operation.web;

import io.maquette.access.Audit;
import io.maquette.platform.http.RequestBody;
import io.maquette.platform.http.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** The body of {@code POST /api/admin/tasks/{id}/retry}. */
@RequestBody
public record RetryOrder(
    @NotNull(message = "invalid.retry") @Pattern(regexp = "images|model", message = "invalid.retry")
        String type,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
