package io.maquette.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Sign-in attempt that has not succeeded; one row counts for the account, one for the address. */
@Entity
@Table(name = "sign_in_attempt")
class SignInAttempt {

  @Id private UUID id;

  @SuppressWarnings("UnusedVariable") // only queries read it
  private String subject;

  @SuppressWarnings("UnusedVariable")
  @Column(name = "attempted_at")
  private Instant at;

  /** Required by JPA. */
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
