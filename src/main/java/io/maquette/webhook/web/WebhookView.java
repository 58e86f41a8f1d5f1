package io.maquette.webhook.web;

import io.maquette.webhook.Webhook;
import io.maquette.webhook.Webhooks;
import java.time.Instant;

/**
 * Webhook in JSON, without its secret.
 *
 * @param owner owner, whose tasks the webhook covers; null for the tasks of all users
 * @param state {@code ACTIVE}, {@code FAILING} or {@code SUSPENDED}
 * @param oldSecretUntil until when the previous secret also signs; null if there is none
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
   * Webhook with its new secret.
   *
   * @param secret shown only once
   */
  public record WithSecret(WebhookView webhook, String secret) {
    @Override
    public String toString() {
      return "WithSecret[webhook=" + webhook.id() + "]";
    }

    static WithSecret of(Webhooks.WithSecret webhook) {
      return new WithSecret(WebhookView.of(webhook.webhook()), webhook.secret());
    }
  }

  /** Creates the view for API and console. */
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
