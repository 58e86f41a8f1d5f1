package io.maquette.files;

import io.maquette.storage.FileFault;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** File of a task that is missing, empty or damaged, from its detection until it is restored. */
@Entity
@Table(name = "lost_file")
public class LostFile {

  @Id
  @Column(name = "file_key")
  private String key;

  @Column(name = "task_id")
  private UUID taskId;

  private int place;

  @Enumerated(EnumType.STRING)
  private FileFault fault;

  @Enumerated(EnumType.STRING)
  private Remedy remedy;

  private String detail;
  private String provider;

  @Column(name = "noticed_at")
  private Instant noticedAt;

  private int tries;

  @Column(name = "due_at")
  private Instant dueAt;

  /** For JPA. */
  protected LostFile() {}

  LostFile(FileRow file, FileFault fault, Remedy remedy, Instant at) {
    this.key = file.key();
    this.taskId = file.taskId();
    this.place = file.place();
    this.fault = fault;
    this.remedy = remedy;
    this.provider = file.provider();
    this.noticedAt = at;
    this.dueAt = at;
  }

  /** Returns the file's key in the store. */
  public String key() {
    return key;
  }

  public UUID taskId() {
    return taskId;
  }

  /**
   * Returns which of the task's files it is: the index of a picture, or a place of {@link FileRow}.
   */
  public int place() {
    return place;
  }

  /** Returns the fault that was detected. */
  public FileFault fault() {
    return fault;
  }

  public Remedy remedy() {
    return remedy;
  }

  /** Returns why it could not be fetched again; null before the first attempt. */
  public String detail() {
    return detail;
  }

  /** Returns the provider that made the file; null for pictures. */
  public String provider() {
    return provider;
  }

  public Instant noticedAt() {
    return noticedAt;
  }

  /** Returns the number of failed attempts to fetch it again. */
  public int tries() {
    return tries;
  }

  /** Returns when it is checked next. */
  public Instant dueAt() {
    return dueAt;
  }

  void lookAgain(Instant at) {
    dueAt = at;
  }

  void failed(Remedy next, String why) {
    tries++;
    remedy = next;
    detail = why;
  }

  /** Next step for a lost file of a task. */
  public enum Remedy {
    /** The application fetches the file again from the provider that made it. */
    FETCH_AGAIN,
    /** The user has to choose a picture again, so that a new model is generated. */
    MAKE_AGAIN,
    /** The picture cannot be fetched again: the user chooses another one or creates a new task. */
    DRAW_AGAIN,
    /** The user has to upload the picture again, in a new task. */
    UPLOAD_AGAIN
  }
}
