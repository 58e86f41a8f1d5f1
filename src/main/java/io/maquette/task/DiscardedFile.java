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

  @Id
  @Column(name = "file_key")
  private String key;

  @Column(name = "discarded_at")
  private Instant discardedAt;

  /** For JPA. */
  protected DiscardedFile() {}

  DiscardedFile(String key, Instant discardedAt) {
    this.key = key;
    this.discardedAt = discardedAt;
  }

  /** What the store knows the file by. */
  public String key() {
    return key;
  }

  public Instant discardedAt() {
    return discardedAt;
  }
}
