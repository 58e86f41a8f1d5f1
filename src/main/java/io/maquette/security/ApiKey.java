package io.maquette.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

/**
 * API key that a client sends instead of signing in ({@code Authorization: Bearer}). The key itself
 * is shown once, when it is created; the database keeps its digest.
 */
@Entity
@Table(name = "api_key")
public class ApiKey {

  /** Prefix of all keys, so that secret scanners recognise a leaked key. */
  static final String PREFIX = "mqt_";

  private static final int BEGINNING = PREFIX.length() + 6;

  @Id private UUID id;

  @Column(name = "account_id")
  private String accountId;

  private String name;
  private String beginning;

  @SuppressWarnings("UnusedVariable") // only queries read it
  private String digest;

  private String scopes;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  @Column(name = "last_used_at")
  private Instant lastUsedAt;

  @Column(name = "revoked_at")
  private Instant revokedAt;

  @Version private long version;

  /** Required by JPA. */
  protected ApiKey() {}

  ApiKey(
      String token,
      String accountId,
      String name,
      Set<Scope> scopes,
      Instant expiresAt,
      Instant now) {
    this.id = UUID.randomUUID();
    this.accountId = accountId;
    this.name = name;
    this.beginning = token.substring(0, BEGINNING);
    this.digest = Secrets.digest(token);
    this.scopes = Scope.format(scopes);
    this.expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
    this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  /** Returns whether a bearer credential has the form of an API key. */
  public static boolean isLike(String token) {
    return token.startsWith(PREFIX);
  }

  void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now.truncatedTo(ChronoUnit.MICROS);
    }
  }

  public UUID id() {
    return id;
  }

  /** Returns the id of the owner's account. */
  public String accountId() {
    return accountId;
  }

  /** Returns the name that the owner has chosen. */
  public String name() {
    return name;
  }

  /** Returns the key's first characters, by which its owner recognises it. */
  public String beginning() {
    return beginning;
  }

  public Set<Scope> scopes() {
    return Scope.parse(scopes);
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Returns when the key expires; null for never. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** Returns when the key was last used, accurate to one minute; null for never. */
  public Instant lastUsedAt() {
    return lastUsedAt;
  }

  /** Returns when the key was revoked; null if it is not revoked. */
  public Instant revokedAt() {
    return revokedAt;
  }
}
