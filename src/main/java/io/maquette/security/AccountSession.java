package io.maquette.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Somebody is signed in, on whichever node: the digest of what their cookie says. */
@Entity
@Table(name = "account_session")
class AccountSession {

  @Id private String digest;

  @SuppressWarnings("UnusedVariable") // queries ask for it
  @Column(name = "account_id")
  private String accountId;

  @SuppressWarnings("UnusedVariable")
  @Column(name = "begun_at")
  private Instant begunAt;

  @Column(name = "seen_at")
  private Instant seenAt;

  /** For JPA. */
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
