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
 * Account of a user or operator of this installation. An account is local (e-mail and password) or
 * external (an outside issuer vouches for its user). Accounts are never deleted, because tasks and
 * audit entries refer to them. A disabled account cannot sign in.
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

  /** Required by JPA. */
  protected Account() {}

  private Account(String email, String subject, Role role, String passwordHash, Instant now) {
    this.id = UUID.randomUUID().toString();
    this.email = email;
    this.subject = subject;
    this.role = role;
    this.passwordHash = passwordHash;
    this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  /** Creates a local account, which signs in with e-mail and password. */
  static Account local(String email, Role role, String passwordHash, Instant now) {
    return new Account(email, null, role, passwordHash, now);
  }

  /** Creates the account of an outside issuer's subject. */
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

  /** Sets the account's limits; null applies the limit of the settings. */
  void limit(Integer waiting, Integer daily) {
    waitingLimit = waiting;
    dailyLimit = daily;
  }

  void passwordHash(String hash) {
    passwordHash = hash;
  }

  /** Returns the id under which the account's tasks are stored. */
  public String id() {
    return id;
  }

  /** Returns the e-mail of a local account, or the subject of an external one. */
  public String name() {
    return email == null ? subject : email;
  }

  /** Returns whether the account is local, that is, signs in with a password. */
  public boolean isLocal() {
    return email != null;
  }

  public Role role() {
    return role;
  }

  public boolean isDisabled() {
    return disabledAt != null;
  }

  /** Returns when the account was disabled; null if it is enabled. */
  public Instant disabledAt() {
    return disabledAt;
  }

  /** Returns the limit of waiting tasks; null applies the limit of the settings. */
  public Integer waitingLimit() {
    return waitingLimit;
  }

  /** Returns the limit of tasks per day; null applies the limit of the settings. */
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
