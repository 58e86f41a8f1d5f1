package io.maquette.task;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Stored picture of a task that the user can choose. {@link TaskRepository} inserts generated
 * pictures; uploaded and edited ones are persisted with their task.
 */
@Entity
@Table(name = "task_image")
@NamedQuery(
    name = TaskImage.FILE_KEYS,
    query = "select i.file.key from TaskImage i where i.file.key in :keys")
@IdClass(TaskImage.Key.class)
public class TaskImage {

  /** Returns those of the {@code keys} that are files of pictures. */
  static final String FILE_KEYS = "TaskImage.fileKeys";

  /** Primary key of a picture: its task and its index. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private UUID task;
    private int index;

    /** For JPA. */
    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && index == key.index && Objects.equals(task, key.task);
    }

    @Override
    public int hashCode() {
      return Objects.hash(task, index);
    }
  }

  @Id
  @ManyToOne(optional = false)
  @JoinColumn(name = "task_id")
  private Task task;

  @Id
  @Column(name = "image_index")
  private int index;

  private String prompt;

  @Enumerated(EnumType.STRING)
  private ImageRemark remark;

  @Embedded private FileRef file;

  @Column(name = "edit_of")
  private Integer editOf;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For JPA. */
  protected TaskImage() {}

  TaskImage(
      Task task, int index, String prompt, ImageRemark remark, FileRef file, Instant createdAt) {
    this.task = task;
    this.index = index;
    this.prompt = prompt;
    this.remark = remark;
    this.file = file;
    this.createdAt = createdAt;
  }

  /** Creates the new version that an edit made. */
  static TaskImage edited(Task task, int index, ImageEdit edit, FileRef file, Instant createdAt) {
    TaskImage image = new TaskImage(task, index, edit.instruction(), null, file, createdAt);
    image.editOf = edit.imageIndex();
    return image;
  }

  /** Returns the place in the grid; generated pictures come first, new versions follow. */
  public int index() {
    return index;
  }

  /** Returns the prompt variant it was generated from, or the edit instruction. */
  public String prompt() {
    return prompt;
  }

  /** Returns the provider's remark; null if there is none. */
  public ImageRemark remark() {
    return remark;
  }

  /** Returns the index of the picture that this is a new version of; null if it is not an edit. */
  public Integer editOf() {
    return editOf;
  }

  public FileRef file() {
    return file;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
