package io.maquette.webhook.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Body of {@code POST /api/admin/webhooks}.
 *
 * @param url as {@link CreateWebhook#url}
 * @param events as {@link CreateWebhook#events}
 * @param reason stored in the audit
 */
@RequestBody
public record CreateWebhookForAll(
    @NotNull(message = "invalid.webhook-url")
        @VisibleText(max = 2000, message = "invalid.webhook-url")
        String url,
    @Pattern(regexp = "[a-z_ ]{1,300}", message = "invalid.webhook-events") String events,
    @VisibleText(max = Audit.MAX_REASON, message = "invalid.reason") String reason) {}
