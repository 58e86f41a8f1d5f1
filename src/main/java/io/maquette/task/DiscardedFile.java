package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A file no task needs any more, written in the transaction that let go of it: so its deletion
 * survives a crash, and nothing is deleted for a transaction that rolled back.
 */
@Entity
@Table(name = "discarded_file")
public class DiscardedFile {

  static final String SCOPE_END = "/";

  @Id
  @Column(name = "file_key")
  private String key;

  @Column(name = "discarded_at")
  private Instant discardedAt;

  /** For JPA. */
  protected DiscardedFile() {}

  public DiscardedFile(String key, Instant discardedAt) {
    this.key = key;
    this.discardedAt = discardedAt;
  }

  /** Whatever is in a scope of the store and no task needs. */
  static DiscardedFile allOf(String scope, Instant discardedAt) {
    return new DiscardedFile(scope + SCOPE_END, discardedAt);
  }

  /** What the store knows the file by; with a slash at the end, a scope of the store. */
  public String key() {
    return key;
  }

  public Instant discardedAt() {
    return discardedAt;
  }
}
