package io.maquette.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** One thing an operator did: who, from where, what to, why, and how it was before and after. */
@Entity
@Table(name = "audit_entry")
public class AuditEntry {

  @Id
  @GeneratedValue(generator = "audit_entry_number")
  @SequenceGenerator(
      name = "audit_entry_number",
      sequenceName = "audit_entry_number",
      allocationSize = 1)
  private Long id;

  @Column(name = "occurred_at")
  private Instant at;

  private String operator;

  @Column(name = "account_id")
  private String accountId;

  private String address;
  private String node;
  private String action;
  private String subject;
  private String reason;

  @Column(name = "state_before")
  private String before;

  @Column(name = "state_after")
  private String after;

  /** For JPA. */
  protected AuditEntry() {}

  AuditEntry(
      Operator by,
      String action,
      String subject,
      String reason,
      String before,
      String after,
      String node,
      Instant at) {
    this.operator = by.name();
    this.accountId = by.account();
    this.address = by.address();
    this.action = action;
    this.subject = subject;
    this.reason = reason;
    this.before = before;
    this.after = after;
    this.node = node;
    this.at = at;
  }

  /** Number of the entry; later ones are higher. */
  public Long id() {
    return id;
  }

  public Instant at() {
    return at;
  }

  /** Who did it, for people. */
  public String operator() {
    return operator;
  }

  /** Their account's id; null for the application itself. */
  public String accountId() {
    return accountId;
  }

  /** Where they did it from; null for the application itself. */
  public String address() {
    return address;
  }

  /** The node that did it. */
  public String node() {
    return node;
  }

  /** What was done, as a name for programs. */
  public String action() {
    return action;
  }

  /** What it was done to: its kind and id, like {@code account:…}. */
  public String subject() {
    return subject;
  }

  /** Why, in the operator's own words. */
  public String reason() {
    return reason;
  }

  /** How it was before, as JSON; null if it was not there. */
  public String before() {
    return before;
  }

  /** How it was after, as JSON; null if it is gone. */
  public String after() {
    return after;
  }
}
