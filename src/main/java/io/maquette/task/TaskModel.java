package io.maquette.task;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The only model of a task. Choosing a picture creates it; choosing again or retrying resets it.
 */
@Entity
@Table(name = "task_model")
@NamedQuery(
    name = TaskModel.FILE_KEYS,
    query = "select m.file.key from TaskModel m where m.file.key in :keys")
@NamedQuery(
    name = TaskModel.PREVIEW_KEYS,
    query = "select m.preview.key from TaskModel m where m.preview.key in :keys")
public class TaskModel {

  /** Returns those of the {@code keys} that are model files. */
  static final String FILE_KEYS = "TaskModel.fileKeys";

  /** Returns those of the {@code keys} that are previews. */
  static final String PREVIEW_KEYS = "TaskModel.previewKeys";

  static final int NAME_PROMPT_CHARACTERS = 30;

  @Id
  @OneToOne(optional = false)
  @JoinColumn(name = "task_id")
  private Task task;

  private String name;

  @Enumerated(EnumType.STRING)
  private ModelStatus status;

  private int progress;
  private String format;

  @Column(name = "face_count")
  private Long faceCount;

  @Column(name = "vertex_count")
  private Long vertexCount;

  @Enumerated(EnumType.STRING)
  private ModelRemark remark;

  @Embedded private FileRef file;

  @Embedded
  @AttributeOverride(name = "key", column = @Column(name = "preview_key"))
  @AttributeOverride(name = "sha256", column = @Column(name = "preview_sha256"))
  @AttributeOverride(name = "mediaType", column = @Column(name = "preview_type"))
  @AttributeOverride(name = "size", column = @Column(name = "preview_size"))
  private FileRef preview;

  private String provider;

  @Column(name = "api_task_id")
  private String apiTaskId;

  @Column(name = "api_request_id")
  private String apiRequestId;

  @Column(name = "error_message")
  private String errorMessage;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "completed_at")
  private Instant completedAt;

  @Column(name = "failed_at")
  private Instant failedAt;

  /** For JPA. */
  protected TaskModel() {}

  TaskModel(Task task) {
    this.task = task;
  }

  /** Resets the model to PENDING, 0 %, without data of an earlier model. */
  void begin(String prompt, Instant at) {
    name = nameFor(prompt);
    status = ModelStatus.PENDING;
    progress = 0;
    format = null;
    faceCount = null;
    vertexCount = null;
    remark = null;
    file = null;
    preview = null;
    provider = null;
    apiTaskId = null;
    apiRequestId = null;
    errorMessage = null;
    createdAt = at;
    completedAt = null;
    failedAt = null;
  }

  /**
   * Returns the name: the first 30 characters of the prompt, counted in code points, and a suffix.
   */
  static String nameFor(String prompt) {
    int end =
        prompt.offsetByCodePoints(
            0, Math.min(NAME_PROMPT_CHARACTERS, prompt.codePointCount(0, prompt.length())));
    return prompt.substring(0, end) + " - 3D模型";
  }

  /** Assigns the model to a provider; it then counts as one of the provider's open jobs. */
  void assign(String to) {
    provider = to;
  }

  void submitted(String jobId, String requestId) {
    apiTaskId = jobId;
    apiRequestId = requestId;
  }

  /**
   * Stores the provider job's state; progress never goes down within one attempt.
   *
   * @return whether anything changed
   */
  boolean progressed(ModelStatus to, int percent) {
    int grown = Math.max(progress, percent);
    if (status == to && progress == grown) {
      return false;
    }
    status = to;
    progress = grown;
    return true;
  }

  /** Drops the id of a failed or lost provider job, so that the next attempt submits a new one. */
  void forgetJob() {
    status = ModelStatus.PENDING;
    progress = 0;
    apiTaskId = null;
    apiRequestId = null;
  }

  void completed(ModelFile result, Instant at) {
    status = ModelStatus.COMPLETED;
    progress = 100;
    format = result.format();
    faceCount = result.faceCount();
    vertexCount = result.vertexCount();
    remark = result.remark();
    file = result.file();
    preview = result.preview();
    completedAt = at;
  }

  void failed(String reason, Instant at) {
    status = ModelStatus.FAILED;
    errorMessage = reason;
    failedAt = at;
  }

  public String name() {
    return name;
  }

  public ModelStatus status() {
    return status;
  }

  /** Returns the progress in percent, 0 to 100. */
  public int progress() {
    return progress;
  }

  /** Returns the file format, for example {@code glb}; null until the model is completed. */
  public String format() {
    return format;
  }

  public Long faceCount() {
    return faceCount;
  }

  public Long vertexCount() {
    return vertexCount;
  }

  /** Returns what the user should know about the file; null if there is nothing. */
  public ModelRemark remark() {
    return remark;
  }

  /** Returns the model file; empty until the model is completed. */
  public Optional<FileRef> file() {
    return Optional.ofNullable(file).filter(ref -> ref.key() != null);
  }

  /** Returns all stored files of the model. */
  Stream<FileRef> files() {
    return Stream.of(file(), preview()).flatMap(Optional::stream);
  }

  /** Returns the preview picture of the finished model; empty if the provider makes none. */
  public Optional<FileRef> preview() {
    return Optional.ofNullable(preview).filter(ref -> ref.key() != null);
  }

  /** Returns the provider that generates the model; null while the task waits. */
  public String provider() {
    return provider;
  }

  /** Returns the provider job id; null while no job is open. */
  public String apiTaskId() {
    return apiTaskId;
  }

  public String apiRequestId() {
    return apiRequestId;
  }

  public String errorMessage() {
    return errorMessage;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant completedAt() {
    return completedAt;
  }

  public Instant failedAt() {
    return failedAt;
  }
}
