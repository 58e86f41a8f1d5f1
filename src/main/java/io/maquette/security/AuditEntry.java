package io.maquette.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * Audited action of an operator: actor, address, object, reason, and the states before and after.
 */
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

  /** Required by JPA. */
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

  /** Returns the number of the entry; later entries have higher numbers. */
  public Long id() {
    return id;
  }

  public Instant at() {
    return at;
  }

  /** Returns the operator's name for display. */
  public String operator() {
    return operator;
  }

  /** Returns the operator's account id; null for the application itself. */
  public String accountId() {
    return accountId;
  }

  /** Returns the operator's network address; null for the application itself. */
  public String address() {
    return address;
  }

  /** Returns the node that performed the action. */
  public String node() {
    return node;
  }

  /** Returns the action's name for programs. */
  public String action() {
    return action;
  }

  /** Returns kind and id of the action's object, such as {@code account:…}. */
  public String subject() {
    return subject;
  }

  /** Returns the operator's reason. */
  public String reason() {
    return reason;
  }

  /** Returns the object's state before the action as JSON; null if it did not exist. */
  public String before() {
    return before;
  }

  /** Returns the object's state after the action as JSON; null if it no longer exists. */
  public String after() {
    return after;
  }
}
