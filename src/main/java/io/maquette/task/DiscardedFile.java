package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * Store file that no task needs any more and that waits for deletion. The transaction that drops
 * the file writes this row. So the deletion survives a crash, and a rolled-back transaction deletes
 * nothing.
 */
@Entity
@Table(name = "discarded_file")
@NamedQuery(
    name = DiscardedFile.OLDEST_KEYS,
    query = "select f.key from DiscardedFile f order by f.discardedAt, f.key")
@NamedQuery(name = DiscardedFile.DELETE, query = "delete from DiscardedFile f where f.key in :keys")
public class DiscardedFile {

  /** Returns the keys, the longest waiting first. */
  static final String OLDEST_KEYS = "DiscardedFile.oldestKeys";

  /** Deletes the rows of {@code keys}. */
  static final String DELETE = "DiscardedFile.delete";

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

  /** Creates a row for all files of a store scope that no task needs. */
  static DiscardedFile allOf(String scope, Instant discardedAt) {
    return new DiscardedFile(scope + SCOPE_END, discardedAt);
  }

  /** Returns the file's key in the store; a key that ends with a slash is a scope of the store. */
  public String key() {
    return key;
  }

  public Instant discardedAt() {
    return discardedAt;
  }
}
