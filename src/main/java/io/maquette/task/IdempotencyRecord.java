package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Stored answer to a creation with an {@code Idempotency-Key}. A new task follows from its id,
 * owner, prompt and time alone. So these values are enough to repeat the first answer, even after
 * the task has changed or was deleted.
 */
@Entity
@Table(name = "idempotency_record")
@IdClass(IdempotencyRecord.Key.class)
@NamedQuery(
    name = IdempotencyRecord.DELETE_OLD,
    query = "delete from IdempotencyRecord r where r.createdAt < :oldest")
class IdempotencyRecord {

  /** Deletes the rows created before {@code oldest}. */
  static final String DELETE_OLD = "IdempotencyRecord.deleteOld";

  /** Primary key: an idempotency key is unique for each user. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private String owner;
    private String key;

    /** For JPA. */
    public Key() {}

    Key(String owner, String key) {
      this.owner = owner;
      this.key = key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && Objects.equals(owner, that.owner)
          && Objects.equals(key, that.key);
    }

    @Override
    public int hashCode() {
      return Objects.hash(owner, key);
    }
  }

  @Id private String owner;

  @Id
  @Column(name = "idempotency_key")
  private String key;

  private String prompt;

  @Column(name = "picture_sha256")
  private String pictureSha256;

  @Column(name = "task_id")
  private UUID taskId;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For JPA. */
  protected IdempotencyRecord() {}

  IdempotencyRecord(String key, Task task, FileRef picture) {
    this.owner = task.owner();
    this.key = key;
    this.prompt = task.prompt();
    this.pictureSha256 = picture == null ? null : picture.sha256();
    this.taskId = task.id();
    this.createdAt = task.createdAt();
  }

  /**
   * Rebuilds the task of the first answer.
   *
   * @param picture the uploaded picture; null if the request has none
   * @throws TaskException.IdempotencyConflict if the key now comes with another prompt or picture
   */
  Task replay(String requestedPrompt, FileRef picture, ChangeContext by) {
    String sha256 = picture == null ? null : picture.sha256();
    if (!prompt.equals(requestedPrompt) || !Objects.equals(pictureSha256, sha256)) {
      throw new TaskException.IdempotencyConflict(key);
    }
    ChangeContext first = new ChangeContext(by.actor(), by.node(), createdAt);
    return picture == null
        ? Task.create(taskId, owner, prompt, first)
        : Task.ofOwnPicture(taskId, owner, prompt, picture, first);
  }
}
