package io.maquette.task;

import io.maquette.option.ImageOptions;
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
 * owner, prompt, options and time alone. So these values are enough to repeat the first answer,
 * even after the task has changed or was deleted.
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

  @Column(name = "image_options")
  private String imageOptions;

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
    this.imageOptions = task.imageOptions().toJson();
    this.pictureSha256 = picture == null ? null : picture.sha256();
    this.taskId = task.id();
    this.createdAt = task.createdAt();
  }

  /**
   * Rebuilds the task of the first answer.
   *
   * @param requested task that the repeated request would create
   * @param picture the uploaded picture; null if the request has none
   * @throws TaskException.IdempotencyConflict if the key now comes with another prompt, other
   *     options or another picture
   */
  Task replay(Task requested, FileRef picture, ChangeContext by) {
    String sha256 = picture == null ? null : picture.sha256();
    ImageOptions options = ImageOptions.ofJson(imageOptions);
    if (!prompt.equals(requested.prompt())
        || !options.equals(requested.imageOptions())
        || !Objects.equals(pictureSha256, sha256)) {
      throw new TaskException.IdempotencyConflict(key);
    }
    ChangeContext first = new ChangeContext(by.actor(), by.node(), createdAt);
    return picture == null
        ? Task.create(taskId, owner, prompt, options, first)
        : Task.ofOwnPicture(taskId, owner, prompt, picture, first);
  }
}
