package io.maquette.operation.web;

import io.maquette.access.Audit;
import io.maquette.platform.http.RequestBody;
import io.maquette.platform.http.VisibleText;

/**
 * The body of {@code POST /api/admin/tasks/{id}/provider}.
 *
 * @param provider who shall make the model
 */
@RequestBody
public record ProviderOrder(
    String provider,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
