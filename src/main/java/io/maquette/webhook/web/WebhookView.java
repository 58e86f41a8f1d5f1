package io.maquette.webhook.web;

import io.maquette.webhook.Webhook;
import io.maquette.webhook.Webhooks;
import java.time.Instant;

/**
 * A webhook, without its secret.
 *
 * @param owner whose tasks it is told of; null for everybody's
 * @param state {@code ACTIVE}, {@code FAILING} or {@code SUSPENDED}
 * @param oldSecretUntil until when the secret before signs as well; null if none does
 */
public record WebhookView(
    String id,
    String owner,
    String url,
    String events,
    String state,
    Instant createdAt,
    Instant failingSince,
    Instant suspendedAt,
    String suspendedWhy,
    Instant oldSecretUntil) {

  /**
   * One with a secret just made.
   *
   * @param secret told this once
   */
  public record WithSecret(WebhookView webhook, String secret) {
    @Override
    public String toString() {
      return "WithSecret[webhook=" + webhook.id() + "]";
    }

    static WithSecret of(Webhooks.Told told) {
      return new WithSecret(WebhookView.of(told.webhook()), told.secret());
    }
  }

  /** As clients, and pages, see it. */
  public static WebhookView of(Webhook webhook) {
    return new WebhookView(
        webhook.id().toString(),
        webhook.owner(),
        webhook.url(),
        webhook.events(),
        webhook.suspendedAt() != null
            ? "SUSPENDED"
            : webhook.failingSince() != null ? "FAILING" : "ACTIVE",
        webhook.createdAt(),
        webhook.failingSince(),
        webhook.suspendedAt(),
        webhook.suspendedWhy(),
        webhook.oldSecretUntil());
  }
}
