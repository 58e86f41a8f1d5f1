package io.maquette.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A try to sign in that has not succeeded, once for the account and once for the address. */
@Entity
@Table(name = "sign_in_attempt")
class SignInAttempt {

  @Id private UUID id;

  @SuppressWarnings("UnusedVariable") // queries ask for it
  private String subject;

  @SuppressWarnings("UnusedVariable")
  @Column(name = "attempted_at")
  private Instant at;

  /** For JPA. */
  protected SignInAttempt() {}

  SignInAttempt(String subject, Instant now) {
    this.id = UUID.randomUUID();
    this.subject = subject;
    this.at = now;
  }

  UUID id() {
    return id;
  }
}
