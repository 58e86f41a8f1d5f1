package io.maquette.security.web;

import io.maquette.security.ApiKey;
import io.maquette.security.Scope;
import java.time.Instant;

/**
 * API key in JSON, without the key itself.
 *
 * @param beginning the key's first characters
 * @param scope names separated by spaces
 * @param lastUsedAt accurate to one minute; null for never
 */
public record KeyView(
    String id,
    String name,
    String beginning,
    String scope,
    Instant createdAt,
    Instant expiresAt,
    Instant lastUsedAt,
    Instant revokedAt) {

  /**
   * Newly created key.
   *
   * @param token the key itself, shown only once
   */
  public record WithToken(KeyView key, String token) {
    @Override
    public String toString() {
      return "WithToken[key=" + key.id() + "]";
    }
  }

  static KeyView of(ApiKey key) {
    return new KeyView(
        key.id().toString(),
        key.name(),
        key.beginning(),
        Scope.format(key.scopes()),
        key.createdAt(),
        key.expiresAt(),
        key.lastUsedAt(),
        key.revokedAt());
  }
}
