package io.maquette.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Somebody who may use this installation: one who signs in here with e-mail and password, or one
 * whom an outside issuer vouches for. An account is never removed, as tasks and audit rows name it;
 * a disabled one lets nobody in.
 */
@Entity
@Table(name = "account")
public class Account {

  @Id private String id;
  private String email;
  private String subject;

  @Column(name = "password_hash")
  private String passwordHash;

  @Enumerated(EnumType.STRING)
  @Column(name = "account_role")
  private Role role;

  @Column(name = "disabled_at")
  private Instant disabledAt;

  @Column(name = "waiting_limit")
  private Integer waitingLimit;

  @Column(name = "daily_limit")
  private Integer dailyLimit;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version private long version;

  /** For JPA. */
  protected Account() {}

  private Account(String email, String subject, Role role, String passwordHash, Instant now) {
    this.id = UUID.randomUUID().toString();
    this.email = email;
    this.subject = subject;
    this.role = role;
    this.passwordHash = passwordHash;
    this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  /** One who signs in here. */
  static Account local(String email, Role role, String passwordHash, Instant now) {
    return new Account(email, null, role, passwordHash, now);
  }

  /** One whom an outside issuer knows under this subject. */
  public static Account outside(String subject, Instant now) {
    return new Account(null, subject, Role.USER, null, now);
  }

  void becomes(Role newRole) {
    role = newRole;
  }

  void disable(Instant now) {
    if (disabledAt == null) {
      disabledAt = now.truncatedTo(ChronoUnit.MICROS);
    }
  }

  void enable() {
    disabledAt = null;
  }

  /** Null for what the settings say. */
  void limit(Integer waiting, Integer daily) {
    waitingLimit = waiting;
    dailyLimit = daily;
  }

  void passwordHash(String hash) {
    passwordHash = hash;
  }

  /** What its tasks are owned under. */
  public String id() {
    return id;
  }

  /** Its e-mail, or, of one from outside, its subject there. */
  public String name() {
    return email == null ? subject : email;
  }

  /** Whether it signs in here, with a password. */
  public boolean isLocal() {
    return email != null;
  }

  public Role role() {
    return role;
  }

  public boolean isDisabled() {
    return disabledAt != null;
  }

  /** When it was disabled; null if it is not. */
  public Instant disabledAt() {
    return disabledAt;
  }

  /** How many of its tasks may wait; null for what the settings say. */
  public Integer waitingLimit() {
    return waitingLimit;
  }

  /** How many tasks it may create a day; null for what the settings say. */
  public Integer dailyLimit() {
    return dailyLimit;
  }

  public Instant createdAt() {
    return createdAt;
  }

  String passwordHash() {
    return passwordHash;
  }
}
