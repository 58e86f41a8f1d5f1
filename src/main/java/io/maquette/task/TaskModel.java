package io.maquette.task;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one model of a task: made together with MODEL_PENDING, begun afresh when a picture is chosen
 * again or the model is retried.
 */
@Entity
@Table(name = "task_model")
public class TaskModel {

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

  /** Begins afresh: PENDING, 0 %, nothing of an earlier model left. */
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

  /** The first 30 characters of the prompt, never half a surrogate pair. */
  static String nameFor(String prompt) {
    int end =
        prompt.offsetByCodePoints(
            0, Math.min(NAME_PROMPT_CHARACTERS, prompt.codePointCount(0, prompt.length())));
    return prompt.substring(0, end) + " - 3D模型";
  }

  /** It shall be made at this provider, and counts as one of its open jobs. */
  void assign(String to) {
    provider = to;
  }

  void submitted(String jobId, String requestId) {
    apiTaskId = jobId;
    apiRequestId = requestId;
  }

  /**
   * Takes what the provider says of its job; progress never goes down within one attempt.
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

  /** Forgets a job that failed or that the provider lost, so that the next try submits anew. */
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

  /** Percentage, 0 to 100. */
  public int progress() {
    return progress;
  }

  /** The file's format, e.g. {@code glb}; null until it is completed. */
  public String format() {
    return format;
  }

  public Long faceCount() {
    return faceCount;
  }

  public Long vertexCount() {
    return vertexCount;
  }

  /** What the user should know of the file; null for nothing. */
  public ModelRemark remark() {
    return remark;
  }

  /** The model file; empty until it is completed. */
  public Optional<FileRef> file() {
    return Optional.ofNullable(file).filter(ref -> ref.key() != null);
  }

  /** What is in the store of it. */
  Stream<FileRef> files() {
    return Stream.of(file(), preview()).flatMap(Optional::stream);
  }

  /** A picture of the finished model; empty where the provider makes none. */
  public Optional<FileRef> preview() {
    return Optional.ofNullable(preview).filter(ref -> ref.key() != null);
  }

  /** The provider that makes it; null while it waits. */
  public String provider() {
    return provider;
  }

  /** The provider's job id; null while no job is open. */
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
