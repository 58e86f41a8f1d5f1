package io.maquette.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Session of a signed-in user, valid on every node; it stores the digest of the cookie's token. */
@Entity
@Table(name = "account_session")
class AccountSession {

  @Id private String digest;

  @SuppressWarnings("UnusedVariable") // only queries read it
  @Column(name = "account_id")
  private String accountId;

  @SuppressWarnings("UnusedVariable")
  @Column(name = "begun_at")
  private Instant begunAt;

  @Column(name = "seen_at")
  private Instant seenAt;

  /** Required by JPA. */
  protected AccountSession() {}

  AccountSession(String digest, String accountId, Instant now) {
    this.digest = digest;
    this.accountId = accountId;
    this.begunAt = now;
    this.seenAt = now;
  }

  String digest() {
    return digest;
  }

  Instant seenAt() {
    return seenAt;
  }
}
