package io.maquette.webhook.web;

import io.maquette.http.RequestBody;
import io.maquette.http.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * Body of {@code POST /api/webhooks}.
 *
 * @param url address of the receiver
 * @param events names separated by spaces; null for status changes and deletions
 */
@RequestBody
public record CreateWebhook(
    @NotNull(message = "invalid.webhook-url")
        @VisibleText(max = 2000, message = "invalid.webhook-url")
        String url,
    @Pattern(regexp = "[a-z_ ]{1,300}", message = "invalid.webhook-events") String events) {}
