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
 * A key that programs call with ({@code Authorization: Bearer}), instead of its owner. The key
 * itself is told when it is made and never again; what is kept is its digest.
 */
@Entity
@Table(name = "api_key")
public class ApiKey {

  /** What keys begin with, so that they are known when they turn up where they should not. */
  static final String PREFIX = "mqt_";

  private static final int BEGINNING = PREFIX.length() + 6;

  @Id private UUID id;

  @Column(name = "account_id")
  private String accountId;

  private String name;
  private String beginning;

  @SuppressWarnings("UnusedVariable") // queries ask for it
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

  /** For JPA. */
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

  /** Whether a bearer's credential is to be one of ours. */
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

  /** Whose it is. */
  public String accountId() {
    return accountId;
  }

  /** What its owner calls it. */
  public String name() {
    return name;
  }

  /** Its first characters, to tell it from others. */
  public String beginning() {
    return beginning;
  }

  public Set<Scope> scopes() {
    return Scope.parse(scopes);
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** When it ends by itself; null for never. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** When it was last used, to the minute; null for never. */
  public Instant lastUsedAt() {
    return lastUsedAt;
  }

  /** When it was revoked; null if it is not. */
  public Instant revokedAt() {
    return revokedAt;
  }
}
