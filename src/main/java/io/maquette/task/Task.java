package io.maquette.task;

import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.QueryHint;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Request of a user for one 3D model, from prompt or uploaded picture to model.
 *
 * <p>A task with a prompt waits for a worker, which has up to four pictures generated, one after
 * the other. A task with an uploaded picture skips that stage. Then the task waits until the user
 * chooses a picture. A provider generates the model from the chosen picture. The model file is in
 * our store before the status becomes MODEL_COMPLETED.
 *
 * <p>The user may then choose another picture, which replaces the model. The user may also have a
 * picture edited, which adds a new version to choose from. The user may cancel a task while it is
 * in progress, which is final. The user may retry a failed task from the stage that failed.
 *
 * <p>Only the methods below change the status, along {@link TaskStatus#TRANSITIONS}; each writes a
 * row of history. <em>The status is the queue</em>: {@code dueAt} is the time when a worker takes
 * the task next. While a worker has claimed it ({@code leasedBy}), {@code dueAt} is the end of the
 * lease. The {@code fence} (fencing token) counts claims and releases; a result with an older fence
 * is refused.
 */
@Entity
@Table(name = "task")
@NamedQuery(
    name = Task.WHOLE,
    query = "select t from Task t where t.id in :ids",
    hints = {
      @QueryHint(name = "eclipselink.batch.type", value = "IN"),
      @QueryHint(name = "eclipselink.batch", value = "t.images"),
      @QueryHint(name = "eclipselink.left-join-fetch", value = "t.model")
    })
@NamedQuery(
    name = Task.WITH_IMAGES,
    query =
        "select t from Task t left join fetch t.images left join fetch t.model"
            + " where t.id in :ids")
@NamedQuery(
    name = Task.VERSION,
    query = "select t.updatedAt, t.status from Task t where t.id = :id and t.owner = :owner")
@NamedQuery(name = Task.COUNTS, query = "select t.status, count(t) from Task t group by t.status")
@NamedQuery(
    name = Task.EARLIER_DUE,
    query =
        "select count(t) from Task t where t.status = :status"
            + " and (t.dueAt < :due or t.dueAt = :due and t.id < :id)")
public class Task {

  /**
   * Loads tasks by {@code ids} with their models; the first access to pictures loads them for all
   * tasks.
   */
  static final String WHOLE = "Task.whole";

  /** Loads tasks by {@code ids} with their models and pictures in one statement. */
  static final String WITH_IMAGES = "Task.withImages";

  /** Returns the last visible change and the status of the task {@code id}. */
  static final String VERSION = "Task.version";

  /** Counts the tasks of each status. */
  static final String COUNTS = "Task.counts";

  /** Counts the tasks of a status that are due before the task {@code id}. */
  static final String EARLIER_DUE = "Task.earlierDue";

  /** Number of pictures that are generated for a task, unless its options say fewer. */
  public static final int IMAGE_COUNT = ImageOptions.MAX_COUNT;

  /** Maximum number of pictures of a task, including new versions from edits. */
  public static final int MAX_IMAGES = 12;

  /** Grid places of the generated pictures, for each number of pictures. */
  private static final List<List<Integer>> PLACES =
      IntStream.rangeClosed(0, IMAGE_COUNT)
          .mapToObj(count -> IntStream.range(0, count).boxed().toList())
          .toList();

  /** Number of consecutive expired leases after which the task fails. */
  static final int ABANDONED_LIMIT = 5;

  /** Error message of a model that the user cancelled. */
  static final String CANCELLED_BY_USER = "用户取消";

  @Id private UUID id;
  private String owner;
  private String prompt;

  @Enumerated(EnumType.STRING)
  private TaskStatus status;

  @Enumerated(EnumType.STRING)
  @Column(name = "failed_stage")
  private Stage failedStage;

  @Enumerated(EnumType.STRING)
  @Column(name = "error_code")
  private FailureCode errorCode;

  @Column(name = "error_message")
  private String errorMessage;

  @Column(name = "selected_image_index")
  private Integer selectedImageIndex;

  @Column(name = "image_generation_started_at")
  private Instant imageGenerationStartedAt;

  @Column(name = "image_generation_completed_at")
  private Instant imageGenerationCompletedAt;

  @Column(name = "model_generation_started_at")
  private Instant modelGenerationStartedAt;

  @Column(name = "model_generation_completed_at")
  private Instant modelGenerationCompletedAt;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  @Column(name = "completed_at")
  private Instant completedAt;

  @Column(name = "failed_at")
  private Instant failedAt;

  @Column(name = "cancelled_at")
  private Instant cancelledAt;

  @Column(name = "failed_attempts")
  private int failedAttempts;

  @Column(name = "due_at")
  private Instant dueAt;

  @Column(name = "leased_by")
  private String leasedBy;

  @Column(name = "own_picture")
  private boolean ownPicture;

  @Column(name = "image_options")
  private String imageOptions;

  @Column(name = "model_options")
  private String modelOptions;

  @Column(name = "model_providers")
  private String modelProviders;

  @Embedded private ImageEdit edit;

  private int abandoned;

  private long fence;

  private String trace;

  /** For optimistic locking: a concurrent change of the row makes the later commit fail. */
  @Version private long version;

  @OneToMany(mappedBy = "task", cascade = CascadeType.ALL, orphanRemoval = true)
  @OrderBy("index")
  private List<TaskImage> images = new ArrayList<>();

  @OneToOne(
      mappedBy = "task",
      cascade = CascadeType.ALL,
      orphanRemoval = true,
      fetch = FetchType.LAZY)
  private TaskModel model;

  @Transient private List<TaskEvent> newEvents = new ArrayList<>();
  @Transient private List<DiscardedFile> newlyDiscarded = new ArrayList<>();

  /** For JPA. */
  protected Task() {}

  /** Creates a task that waits for pictures, without options. */
  public static Task create(UUID id, String owner, String prompt, ChangeContext by) {
    return create(id, owner, prompt, ImageOptions.NONE, by);
  }

  /** Creates a task that waits for pictures. */
  public static Task create(
      UUID id, String owner, String prompt, ImageOptions options, ChangeContext by) {
    Task task = new Task();
    task.imageOptions = options.toJson();
    task.id = id;
    task.owner = owner;
    task.prompt = prompt;
    task.createdAt = by.at();
    task.status = TaskStatus.IMAGE_PENDING;
    task.trace = by.trace();
    task.enqueue(by.at());
    task.touch(by);
    task.record(TaskEvent.Type.STATUS_CHANGED, null, by);
    return task;
  }

  /** Creates a task from an uploaded picture, which the owner can choose at once. */
  static Task ofOwnPicture(
      UUID id, String owner, String prompt, FileRef picture, ChangeContext by) {
    Task task = new Task();
    task.id = id;
    task.owner = owner;
    task.prompt = prompt;
    task.createdAt = by.at();
    task.ownPicture = true;
    task.status = TaskStatus.IMAGE_COMPLETED;
    task.add(new TaskImage(task, 0, prompt, null, picture, by.at()));
    task.touch(by);
    task.record(TaskEvent.Type.STATUS_CHANGED, null, by).detail("own picture");
    return task;
  }

  // Picture stage

  public void startImages(ChangeContext by) {
    move(TaskTransition.START_IMAGES, by, null);
    imageGenerationStartedAt = updatedAt;
  }

  /** Adds a stored picture. */
  void add(TaskImage image) {
    images.add(image);
  }

  /**
   * Ends the picture stage. If the options say so, the task continues with the model of the first
   * picture.
   *
   * @throws TaskException.InvalidState unless every picture is stored
   */
  public void completeImages(ChangeContext by) {
    require(TaskTransition.COMPLETE_IMAGES);
    failedAttempts = 0;
    move(TaskTransition.COMPLETE_IMAGES, by, null);
    imageGenerationCompletedAt = updatedAt;
    leaveQueue();
    if (imageOptions().choosesFirst()) {
      selectImage(places().get(0), by);
    }
  }

  /** Returns the grid places without a picture, ascending. */
  public List<Integer> missingImages() {
    List<Integer> missing = new ArrayList<>(places());
    images.forEach(image -> missing.remove((Integer) image.index()));
    return missing;
  }

  /** Returns the grid places of the generated pictures, or of the uploaded one. */
  List<Integer> places() {
    return ownPicture ? PLACES.get(1) : PLACES.get(imageOptions().pictures());
  }

  // Edits

  /** Queues an edit of a picture. All pictures stay, and so does an existing model. */
  void editImage(int index, String instruction, ChangeContext by) {
    checkPicture(index);
    move(TaskTransition.EDIT_IMAGE, by, "picture " + index + ": " + instruction);
    edit = new ImageEdit(index, instruction, updatedAt);
    enqueue(by.at());
  }

  /** Returns the grid place of the next new version. */
  int nextImage() {
    return images.stream().mapToInt(TaskImage::index).max().orElse(-1) + 1;
  }

  /** Adds the new version that an edit made; the user can then choose a picture again. */
  public void completeEdit(FileRef file, ChangeContext by) {
    require(TaskTransition.COMPLETE_EDIT);
    TaskImage version = TaskImage.edited(this, nextImage(), edit, file, by.at());
    add(version);
    touch(by);
    record(TaskEvent.Type.IMAGE_STORED, status, by)
        .image(version.index())
        .detail("of picture " + edit.imageIndex());
    move(TaskTransition.COMPLETE_EDIT, by, null);
    edit = null;
    leaveQueue();
  }

  private void giveUpEdit(FailureCode code, String detail, ChangeContext by) {
    touch(by);
    record(TaskEvent.Type.EDIT_FAILED, status, by)
        .image(edit.imageIndex())
        .detail(code + ": " + detail);
    move(TaskTransition.FAIL, by, null);
    edit.failed(code);
    leaveQueue();
  }

  // Model stage

  /** Chooses a picture without options of the model. */
  void selectImage(int index, ChangeContext by) {
    selectImage(index, ModelOptions.NONE, by);
  }

  /** Chooses a picture and queues the task for its model; an earlier model is discarded. */
  void selectImage(int index, ModelOptions options, ChangeContext by) {
    checkPicture(index);
    require(TaskTransition.SELECT_IMAGE);
    setOptions(options);
    queueForModel(TaskTransition.SELECT_IMAGE, index, by);
  }

  /** Stores the options; the queue reads the providers without parsing JSON. */
  private void setOptions(ModelOptions options) {
    modelOptions = options.toJson();
    modelProviders = options.providers().isEmpty() ? null : String.join(",", options.providers());
  }

  /** Assigns the model to a provider that has a free slot. */
  public void startModel(String provider, ChangeContext by) {
    move(TaskTransition.START_MODEL, by, null);
    model.assign(provider);
    modelGenerationStartedAt = updatedAt;
  }

  /** Stores the provider job id of an accepted submission; the first poll is at the due time. */
  public void modelSubmitted(String jobId, String requestId, Instant due, ChangeContext by) {
    require(TaskTransition.SUBMIT_MODEL);
    model.submitted(jobId, requestId);
    touch(by);
    record(TaskEvent.Type.MODEL_SUBMITTED, status, by).detail(model.provider() + " job " + jobId);
    release(due);
  }

  /**
   * Moves the start of the model stage to a later time, because the task waited for an operator
   * before.
   */
  public void modelStartedNotBefore(Instant at) {
    if (at.isAfter(modelGenerationStartedAt)) {
      modelGenerationStartedAt = at;
    }
  }

  /** Assigns the model to another provider and resets the failed attempts. */
  public void changeProvider(String to, String why, ChangeContext by) {
    require(TaskTransition.CHANGE_PROVIDER);
    touch(by);
    record(TaskEvent.Type.PROVIDER_CHANGED, status, by)
        .detail(model.provider() + " -> " + to + ": " + why);
    model.forgetJob();
    model.assign(to);
    enqueue(by.at());
  }

  /** Stores the status and progress of the provider job; the next poll is at the due time. */
  public void modelProgressed(ModelStatus to, int progress, Instant due, ChangeContext by) {
    require(TaskTransition.UPDATE_PROGRESS);
    if (model.progressed(to, progress)) {
      touch(by);
      record(TaskEvent.Type.MODEL_PROGRESSED, status, by);
    }
    release(due);
  }

  public void completeModel(ModelFile file, ChangeContext by) {
    require(TaskTransition.COMPLETE_MODEL);
    model.completed(file, by.notBefore(updatedAt).at());
    move(TaskTransition.COMPLETE_MODEL, by, null);
    modelGenerationCompletedAt = updatedAt;
    completedAt = updatedAt;
    leaveQueue();
  }

  // Failures of both stages

  /** Records a failed attempt; the next one starts at the due time, with a new provider job. */
  public void retryLater(FailureCode code, String detail, Instant due, ChangeContext by) {
    require(TaskTransition.RETRY_LATER);
    touch(by);
    record(TaskEvent.Type.ATTEMPT_FAILED, status, by).detail(code + ": " + detail);
    failedAttempts++;
    if (model != null && status == TaskStatus.MODEL_GENERATING) {
      model.forgetJob();
    }
    release(due);
  }

  /** Fails the task, or only its edit: after a failed edit the pictures are as before. */
  public void fail(FailureCode code, String detail, ChangeContext by) {
    if (status == TaskStatus.IMAGE_EDITING) {
      giveUpEdit(code, detail, by);
      return;
    }
    require(TaskTransition.FAIL);
    Stage stage = status.stage().orElseThrow();
    String reason = code.reason(ownPicture);
    if (stage == Stage.MODEL) {
      model.failed(reason, by.notBefore(updatedAt).at());
    }
    move(TaskTransition.FAIL, by, code + ": " + detail);
    failedStage = stage;
    errorCode = code;
    errorMessage = stage.failureMessage(reason);
    failedAt = updatedAt;
    leaveQueue();
  }

  /** Records that a submission is repeated. */
  public void submittedAgain(String reason, ChangeContext by) {
    require(TaskTransition.SUBMIT_AGAIN);
    record(TaskEvent.Type.SUBMITTED_AGAIN, status, by).detail(reason);
  }

  /** Records that a provider job was cancelled, which no task waits for any more. */
  public void jobCancelled(String effect, ChangeContext by) {
    require(TaskTransition.REPORT_CANCELLED_JOB);
    record(TaskEvent.Type.JOB_CANCELLED, status, by).detail(effect);
  }

  /**
   * Resumes a task whose lease has ended without a result. After {@value #ABANDONED_LIMIT} such
   * leases in a row without progress the task fails, because it may be a poison task that ends its
   * nodes.
   */
  public void resume(ChangeContext by) {
    require(TaskTransition.RESUME);
    record(TaskEvent.Type.WORK_RESUMED, status, by).detail("lease of " + leasedBy + " ran out");
    discardClaimedScope(by);
    abandoned++;
    if (abandoned >= ABANDONED_LIMIT) {
      fail(FailureCode.INTERNAL_ERROR, "left half done " + abandoned + " times in a row", by);
    }
  }

  /** Records that the task is overdue. */
  public void reportOverdue(String detail, ChangeContext by) {
    require(TaskTransition.REPORT_OVERDUE);
    touch(by);
    record(TaskEvent.Type.OVERDUE, status, by).detail(detail);
  }

  // Actions of users

  /**
   * Cancels the task, which is final. In IMAGE_EDITING it cancels only the edit; the pictures are
   * as before.
   */
  public void cancel(ChangeContext by) {
    require(TaskTransition.CANCEL);
    discardClaimedScope(by);
    if (status.stage().orElseThrow() == Stage.MODEL) {
      model.failed(CANCELLED_BY_USER, by.notBefore(updatedAt).at());
    }
    move(TaskTransition.CANCEL, by, null);
    edit = null;
    cancelledAt = status == TaskStatus.CANCELLED ? updatedAt : null;
    leaveQueue();
  }

  /** Restarts the picture stage with the same options. */
  public void retryImages(ChangeContext by) {
    retryImages(imageOptions(), by);
  }

  /** Restarts the picture stage; the old pictures and the model are discarded. */
  void retryImages(ImageOptions options, ChangeContext by) {
    require(TaskTransition.RETRY_IMAGES);
    imageOptions = options.toJson();
    images.forEach(image -> discard(image.file(), by));
    images.clear();
    if (model != null) {
      model.files().forEach(file -> discard(file, by));
      model = null;
    }
    selectedImageIndex = null;
    edit = null;
    imageGenerationStartedAt = null;
    imageGenerationCompletedAt = null;
    clearModelTimes();
    move(TaskTransition.RETRY_IMAGES, by, null);
    clearFailure();
    enqueue(by.at());
  }

  /** Restarts the model stage with the same options. */
  public void retryModel(ChangeContext by) {
    retryModel(modelOptions(), by);
  }

  /** Restarts the model stage; the pictures stay. */
  void retryModel(ModelOptions options, ChangeContext by) {
    require(TaskTransition.RETRY_MODEL);
    setOptions(options);
    queueForModel(TaskTransition.RETRY_MODEL, selectedImageIndex, by);
  }

  /** Discards every file, before the task itself is deleted. */
  public void discardFiles(ChangeContext by) {
    discardClaimedScope(by);
    images.forEach(image -> discard(image.file(), by));
    if (model != null) {
      model.files().forEach(file -> discard(file, by));
    }
  }

  // Actions of operators

  /**
   * Releases the lease of the current worker, whose results are refused from now on. The task is
   * due at once for any worker.
   */
  public void releaseLease(ChangeContext by) {
    if (leasedBy == null) {
      throw new TaskException.InterventionRefused(
          TaskException.InterventionRefused.Reason.NOT_HELD);
    }
    require(TaskTransition.RELEASE_LEASE);
    touch(by);
    record(TaskEvent.Type.WORK_RESUMED, status, by).detail("taken from " + leasedBy);
    discardClaimedScope(by);
    release(by.at());
  }

  /**
   * Assigns the model to the given provider, retrying a failed task; the model deadline starts
   * again.
   */
  public void moveModelTo(String provider, ChangeContext by) {
    if (status == TaskStatus.FAILED) {
      retryModel(by);
    }
    if (status == TaskStatus.MODEL_PENDING) {
      startModel(provider, by);
      enqueue(by.at());
    } else {
      discardClaimedScope(by);
      changeProvider(provider, "an operator requested it", by);
      modelGenerationStartedAt = updatedAt;
    }
  }

  // Queue

  /** Gives the task to a worker until the lease ends; results of an earlier claim are refused. */
  public void leaseTo(String node, Instant until) {
    leasedBy = node;
    dueAt = until;
    fence++;
  }

  /** Releases the task until the due time; null takes it out of the queue. */
  private void release(Instant due) {
    leasedBy = null;
    dueAt = due;
    abandoned = 0;
    fence++;
  }

  private void enqueue(Instant now) {
    failedAttempts = 0;
    release(now);
  }

  private void leaveQueue() {
    failedAttempts = 0;
    release(null);
  }

  private void queueForModel(TaskTransition verb, int index, ChangeContext by) {
    if (model == null) {
      model = new TaskModel(this);
    } else {
      model.files().forEach(file -> discard(file, by));
    }
    model.begin(prompt, by.notBefore(updatedAt).at());
    selectedImageIndex = index;
    edit = null;
    clearModelTimes();
    move(verb, by, "picture " + index);
    clearFailure();
    enqueue(by.at());
  }

  private void clearModelTimes() {
    modelGenerationStartedAt = null;
    modelGenerationCompletedAt = null;
    completedAt = null;
  }

  private void clearFailure() {
    failedStage = null;
    errorCode = null;
    errorMessage = null;
    failedAt = null;
  }

  private void discard(FileRef file, ChangeContext by) {
    newlyDiscarded.add(new DiscardedFile(file.key(), by.at()));
  }

  /**
   * Lists the store scope of the current claim for deletion, because its worker may store files
   * without a result.
   */
  private void discardClaimedScope(ChangeContext by) {
    if (leasedBy != null) {
      newlyDiscarded.add(DiscardedFile.allOf(TaskClaim.storeScope(id, fence), by.at()));
    }
  }

  private void move(TaskTransition verb, ChangeContext by, String detail) {
    require(verb);
    TaskStatus from = status;
    TaskStatus to = from.after(verb).orElseThrow();
    status = to;
    if (to.isPending() || to == TaskStatus.IMAGE_EDITING) {
      trace = by.trace();
    }
    touch(by);
    record(TaskEvent.Type.STATUS_CHANGED, from, by).detail(detail);
  }

  private void require(TaskTransition verb) {
    if (!verb.isAllowed(this)) {
      throw new TaskException.InvalidState(this, verb);
    }
  }

  /**
   * Advances {@code updatedAt} with each visible change, even if a clock was set back. Clients
   * detect changes by it, and no stage ends before it starts.
   */
  private void touch(ChangeContext by) {
    updatedAt =
        updatedAt == null || by.at().isAfter(updatedAt)
            ? by.at()
            : updatedAt.plus(1, ChronoUnit.MICROS);
  }

  private TaskEvent record(TaskEvent.Type type, TaskStatus from, ChangeContext by) {
    TaskEvent event =
        new TaskEvent(type, this, from, failedAttempts + 1, by.notBefore(updatedAt)).model(model);
    newEvents.add(event);
    return event;
  }

  /** Returns the events since the last call; the caller stores them in the same transaction. */
  List<TaskEvent> takeNewEvents() {
    List<TaskEvent> taken = newEvents;
    newEvents = new ArrayList<>();
    return taken;
  }

  /**
   * Returns the files discarded since the last call; the caller lists them in the same transaction.
   */
  List<DiscardedFile> takeDiscardedFiles() {
    List<DiscardedFile> taken = newlyDiscarded;
    newlyDiscarded = new ArrayList<>();
    return taken;
  }

  // Queries

  /**
   * Checks that the picture exists or will be generated.
   *
   * @throws TaskException.UnknownPicture if it does not exist and will not be generated
   */
  private void checkPicture(int index) {
    if (image(index).isEmpty() && !missingImages().contains(index)) {
      throw new TaskException.UnknownPicture(index);
    }
  }

  boolean hasAllImages() {
    return missingImages().isEmpty();
  }

  boolean hasFreePlace() {
    return nextImage() < MAX_IMAGES;
  }

  /** Returns the actions that the owner may take now. */
  public Set<TaskAction> allowedActions() {
    return TaskAction.allowedBy(verb -> verb.isAllowed(this));
  }

  public UUID id() {
    return id;
  }

  public String owner() {
    return owner;
  }

  public String prompt() {
    return prompt;
  }

  public TaskStatus status() {
    return status;
  }

  /** Returns the stage that failed; null unless the status is FAILED. */
  public Stage failedStage() {
    return failedStage;
  }

  public FailureCode errorCode() {
    return errorCode;
  }

  /**
   * Returns the error message for users, which begins with the failed stage; null unless the status
   * is FAILED.
   */
  public String errorMessage() {
    return errorMessage;
  }

  /** Returns the store scope of the uploaded picture of a new task; no claim has this scope. */
  public static String scopeOfOwnPicture(UUID id) {
    return TaskClaim.storeScope(id, 0);
  }

  /** Returns whether the task was created from an uploaded picture. */
  public boolean hasOwnPicture() {
    return ownPicture;
  }

  /** Returns the options of the pictures. */
  public ImageOptions imageOptions() {
    return ImageOptions.ofJson(imageOptions);
  }

  /** Returns the options of the model. */
  public ModelOptions modelOptions() {
    return ModelOptions.ofJson(modelOptions);
  }

  /** Returns the edit in progress or the last failed edit; null if there is none. */
  public ImageEdit edit() {
    return edit;
  }

  /** Returns the index of the chosen picture; null before the user chooses one. */
  public Integer selectedImageIndex() {
    return selectedImageIndex;
  }

  /** Returns the stored pictures, ordered by index. */
  public List<TaskImage> images() {
    return Collections.unmodifiableList(images);
  }

  public Optional<TaskImage> image(int index) {
    return images.stream().filter(image -> image.index() == index).findFirst();
  }

  /** Returns the model; empty before the user has chosen a picture. */
  public Optional<TaskModel> model() {
    return Optional.ofNullable(model);
  }

  public Instant imageGenerationStartedAt() {
    return imageGenerationStartedAt;
  }

  public Instant imageGenerationCompletedAt() {
    return imageGenerationCompletedAt;
  }

  public Instant modelGenerationStartedAt() {
    return modelGenerationStartedAt;
  }

  public Instant modelGenerationCompletedAt() {
    return modelGenerationCompletedAt;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Returns the time of the last visible change; it is unique among the changes of a task. */
  public Instant updatedAt() {
    return updatedAt;
  }

  public Instant completedAt() {
    return completedAt;
  }

  public Instant failedAt() {
    return failedAt;
  }

  public Instant cancelledAt() {
    return cancelledAt;
  }

  /** Returns the number of failed attempts of the current step. */
  public int failedAttempts() {
    return failedAttempts;
  }

  /**
   * Returns when a worker takes the task next, or the end of the current lease; null if no worker
   * acts next.
   */
  public Instant dueAt() {
    return dueAt;
  }

  /** Returns the node whose worker has claimed the task; null if it is not claimed. */
  public String leasedBy() {
    return leasedBy;
  }

  public long fence() {
    return fence;
  }

  /**
   * Returns the trace context of the request that started the current stage; null if it was not
   * traced.
   */
  String trace() {
    return trace;
  }
}
