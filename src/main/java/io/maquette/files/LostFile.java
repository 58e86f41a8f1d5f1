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

/** A file of a task that is missing, empty or damaged, from when it is noticed until it is back. */
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
  private FileRemedy remedy;

  private String detail;
  private String provider;

  @Column(name = "noticed_at")
  private Instant noticedAt;

  private int tries;

  @Column(name = "due_at")
  private Instant dueAt;

  /** For JPA. */
  protected LostFile() {}

  LostFile(FileRow file, FileFault fault, FileRemedy remedy, Instant at) {
    this.key = file.key();
    this.taskId = file.taskId();
    this.place = file.place();
    this.fault = fault;
    this.remedy = remedy;
    this.provider = file.provider();
    this.noticedAt = at;
    this.dueAt = at;
  }

  /** What the store knows the file by. */
  public String key() {
    return key;
  }

  public UUID taskId() {
    return taskId;
  }

  /** Which of the task's files: the index of a picture, or a place of {@link FileRow}. */
  public int place() {
    return place;
  }

  /** What was wrong with it when it was noticed. */
  public FileFault fault() {
    return fault;
  }

  public FileRemedy remedy() {
    return remedy;
  }

  /** Why it could not be fetched again; null before that was tried. */
  public String detail() {
    return detail;
  }

  /** The provider that made it; null for pictures. */
  public String provider() {
    return provider;
  }

  public Instant noticedAt() {
    return noticedAt;
  }

  /** How often fetching it again has failed. */
  public int tries() {
    return tries;
  }

  /** When it is looked at again. */
  public Instant dueAt() {
    return dueAt;
  }

  void lookAgain(Instant at) {
    dueAt = at;
  }

  void failed(FileRemedy next, String why) {
    tries++;
    remedy = next;
    detail = why;
  }
}
