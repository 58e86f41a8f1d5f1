package io.maquette.admin.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;

/**
 * Body of {@code POST /api/admin/tasks/{id}/provider}.
 *
 * @param provider new provider of the model
 */
@RequestBody
public record ProviderRequest(
    String provider,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
