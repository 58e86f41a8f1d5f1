package io.maquette.security.web;

import io.maquette.security.ApiKey;
import io.maquette.security.Scope;
import java.time.Instant;

/**
 * An API key, without itself.
 *
 * @param beginning its first characters
 * @param scope names with spaces between them
 * @param lastUsedAt to the minute; null for never
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
   * A key just made.
   *
   * @param token the key itself, told this once
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
