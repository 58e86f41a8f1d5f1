package io.maquette.task;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A maker's wish on its way from a sentence to a 3D model.
 *
 * <p>It begins with a sentence and waits for a worker, which has four pictures of it made, one
 * after the other; or with a picture of its maker's. Then it waits for its maker to choose one.
 * From the chosen picture a provider makes a model, which is stored on our side before the task
 * says it is completed. The maker may choose another picture then, and the model is made anew; or
 * have a picture changed, whose new version is one more to choose. At any time while a worker has
 * it, it may be cancelled, which is final; when it fails, it may be retried from the stage that
 * failed.
 *
 * <p>The status moves only by the verbs below, which obey {@link TaskStatus#TRANSITIONS}; each verb
 * leaves a row of history behind. <em>The status is the queue</em>: {@code dueAt} says when a
 * worker shall look at the task next, and while one holds it ({@code leasedBy}), when its lease
 * ends. The {@code fence} counts claims and takings-away; a result that comes with an older one is
 * refused.
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
public class Task {

  /**
   * Tasks by {@code ids} with their models; pictures come for all when they are first asked for.
   */
  static final String WHOLE = "Task.whole";

  /** How many pictures are drawn for a task. */
  public static final int IMAGE_COUNT = 4;

  /** How many it may have, new versions among them. */
  public static final int MOST_IMAGES = 12;

  /** Places of those that are drawn. */
  static final List<Integer> PLACES = IntStream.range(0, IMAGE_COUNT).boxed().toList();

  /** How often in a row its work may be left half done. */
  static final int ABANDONED_LIMIT = 5;

  /** What a model's error says when the user cancelled it. */
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

  @Embedded private ImageEdit edit;

  private int abandoned;

  private long fence;

  private String trace;

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

  /** A new task, waiting for pictures. */
  public static Task create(UUID id, String owner, String prompt, ChangeContext by) {
    Task task = new Task();
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

  /** A new task with a picture of its owner's, which is there to be chosen. */
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

  // The work of the picture stage

  public void startImages(ChangeContext by) {
    move(TaskTransition.START_IMAGES, by, null);
    imageGenerationStartedAt = updatedAt;
  }

  /** A picture is there. */
  void add(TaskImage image) {
    images.add(image);
  }

  /** The last of its pictures has been stored, see {@link ImageRows}. */
  public void completeImages(ChangeContext by) {
    failedAttempts = 0;
    move(TaskTransition.COMPLETE_IMAGES, by, null);
    imageGenerationCompletedAt = updatedAt;
    leaveQueue();
  }

  /** The grid places that have no picture yet, ascending. */
  public List<Integer> missingImages() {
    List<Integer> missing = new ArrayList<>(ownPicture ? List.of(0) : PLACES);
    images.forEach(image -> missing.remove((Integer) image.index()));
    return missing;
  }

  // A picture is changed

  /** Asks for a new version of a picture. All pictures stay, and so does a model that is there. */
  void editImage(int index, String instruction, ChangeContext by) {
    checkPicture(index);
    require(
        status.after(TaskTransition.EDIT_IMAGE).isPresent() && hasAllImages() && hasRoom(),
        TaskTransition.EDIT_IMAGE);
    move(TaskTransition.EDIT_IMAGE, by, "picture " + index + ": " + instruction);
    edit = new ImageEdit(index, instruction, updatedAt);
    enqueue(by.at());
  }

  /** The place of the next new version. */
  int nextImage() {
    return images.stream().mapToInt(TaskImage::index).max().orElse(-1) + 1;
  }

  /** Adds a new version to the pictures, which can be chosen from again. */
  public void completeEdit(FileRef file, ChangeContext by) {
    require(status.after(TaskTransition.COMPLETE_EDIT).isPresent(), TaskTransition.COMPLETE_EDIT);
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

  // The work of the model stage

  /** Chooses a picture and queues for a model of it; an earlier model goes. */
  void selectImage(int index, ChangeContext by) {
    checkPicture(index);
    require(
        status.after(TaskTransition.SELECT_IMAGE).isPresent() && hasAllImages(),
        TaskTransition.SELECT_IMAGE);
    queueForModel(TaskTransition.SELECT_IMAGE, index, by);
  }

  /** Begins with the model, at a provider that has room for it. */
  public void startModel(String provider, ChangeContext by) {
    move(TaskTransition.START_MODEL, by, null);
    model.assign(provider);
    modelGenerationStartedAt = updatedAt;
  }

  /** The provider has accepted the job; it is looked at again when due. */
  public void modelSubmitted(String jobId, String requestId, Instant due, ChangeContext by) {
    require(status == TaskStatus.MODEL_GENERATING, TaskTransition.COMPLETE_MODEL);
    model.submitted(jobId, requestId);
    touch(by);
    record(TaskEvent.Type.MODEL_SUBMITTED, status, by).detail(model.provider() + " job " + jobId);
    release(due);
  }

  /** The model's work began no earlier: before that the task waited for an operator. */
  public void modelStartedNotBefore(Instant at) {
    if (at.isAfter(modelGenerationStartedAt)) {
      modelGenerationStartedAt = at;
    }
  }

  /** Another provider steps in; it has all tries before it. */
  public void changeProvider(String to, String why, ChangeContext by) {
    require(status == TaskStatus.MODEL_GENERATING, TaskTransition.COMPLETE_MODEL);
    touch(by);
    record(TaskEvent.Type.PROVIDER_CHANGED, status, by)
        .detail(model.provider() + " -> " + to + ": " + why);
    model.forgetJob();
    model.assign(to);
    enqueue(by.at());
  }

  /** Takes the provider's word on its job; it is looked at again when due. */
  public void modelProgressed(ModelStatus to, int progress, Instant due, ChangeContext by) {
    require(status == TaskStatus.MODEL_GENERATING, TaskTransition.COMPLETE_MODEL);
    if (model.progressed(to, progress)) {
      touch(by);
      record(TaskEvent.Type.MODEL_PROGRESSED, status, by);
    }
    release(due);
  }

  public void completeModel(ModelFile file, ChangeContext by) {
    require(status.after(TaskTransition.COMPLETE_MODEL).isPresent(), TaskTransition.COMPLETE_MODEL);
    model.completed(file, by.notBefore(updatedAt).at());
    move(TaskTransition.COMPLETE_MODEL, by, null);
    modelGenerationCompletedAt = updatedAt;
    completedAt = updatedAt;
    leaveQueue();
  }

  // What may go wrong in either stage

  /** A try failed; the next one is made when due, with a new job if there was one. */
  public void retryLater(FailureCode code, String detail, Instant due, ChangeContext by) {
    require(status.isInProgress(), TaskTransition.FAIL);
    touch(by);
    record(TaskEvent.Type.ATTEMPT_FAILED, status, by).detail(code + ": " + detail);
    failedAttempts++;
    if (model != null && status == TaskStatus.MODEL_GENERATING) {
      model.forgetJob();
    }
    release(due);
  }

  /** It is given up; where that was a change to a picture, the pictures are there as before. */
  public void fail(FailureCode code, String detail, ChangeContext by) {
    if (status == TaskStatus.IMAGE_EDITING) {
      giveUpEdit(code, detail, by);
      return;
    }
    Stage stage = status.stage().orElse(null);
    require(status.after(TaskTransition.FAIL).isPresent(), TaskTransition.FAIL);
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

  /** A submission to a provider is made although one was made before. */
  public void submittedAgain(String reason, ChangeContext by) {
    record(TaskEvent.Type.SUBMITTED_AGAIN, status, by).detail(reason);
  }

  /** A job that nobody waits for any more was cancelled at its provider. */
  public void jobCancelled(String effect, ChangeContext by) {
    record(TaskEvent.Type.JOB_CANCELLED, status, by).detail(effect);
  }

  /**
   * A worker takes over what another one left behind. A task that was left half done again and
   * again, without anything having come of it, may be what ends the nodes: it is given up.
   */
  public void resume(ChangeContext by) {
    record(TaskEvent.Type.WORK_RESUMED, status, by).detail("lease of " + leasedBy + " ran out");
    discardWhatIsHeld(by);
    abandoned++;
    if (abandoned >= ABANDONED_LIMIT) {
      fail(FailureCode.INTERNAL_ERROR, "left half done " + abandoned + " times in a row", by);
    }
  }

  /** It is longer where it is than it should be. */
  public void overdue(OverdueTask overdue, ChangeContext by) {
    touch(by);
    record(TaskEvent.Type.OVERDUE, status, by)
        .detail(
            overdue.waitsFor() == WaitReason.OPERATOR
                ? "waits for " + overdue.waitsFor()
                : "longer than " + overdue.target() + ", waits for " + overdue.waitsFor());
  }

  // What people do

  /** Stops it for good; a change to a picture is stopped alone, the pictures are as before. */
  public void cancel(ChangeContext by) {
    require(status.after(TaskTransition.CANCEL).isPresent(), TaskTransition.CANCEL);
    discardWhatIsHeld(by);
    if (status.stage().orElseThrow() == Stage.MODEL) {
      model.failed(CANCELLED_BY_USER, by.notBefore(updatedAt).at());
    }
    move(TaskTransition.CANCEL, by, null);
    edit = null;
    cancelledAt = status == TaskStatus.CANCELLED ? updatedAt : null;
    leaveQueue();
  }

  /** Begins again with the pictures; the old ones and the model go. */
  public void retryImages(ChangeContext by) {
    require(
        status.after(TaskTransition.RETRY_IMAGES).isPresent() && !ownPicture,
        TaskTransition.RETRY_IMAGES);
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
    forgetModelTimes();
    move(TaskTransition.RETRY_IMAGES, by, null);
    forgetFailure();
    enqueue(by.at());
  }

  /** Begins again with the model; the pictures stay. */
  public void retryModel(ChangeContext by) {
    require(
        status.after(TaskTransition.RETRY_MODEL).isPresent()
            && hasAllImages()
            && selectedImageIndex != null,
        TaskTransition.RETRY_MODEL);
    queueForModel(TaskTransition.RETRY_MODEL, selectedImageIndex, by);
  }

  /** Lets go of every file, before the task itself is removed. */
  public void discardFiles(ChangeContext by) {
    discardWhatIsHeld(by);
    images.forEach(image -> discard(image.file(), by));
    if (model != null) {
      model.files().forEach(file -> discard(file, by));
    }
  }

  // What operators do beside

  /**
   * Takes it from its holder, whose results are refused from now on; whoever looks next goes on.
   */
  public void releaseLease(ChangeContext by) {
    if (leasedBy == null) {
      throw new InterventionRefusedException(InterventionRefusedException.Reason.NOT_HELD);
    }
    touch(by);
    record(TaskEvent.Type.WORK_RESUMED, status, by).detail("taken from " + leasedBy);
    discardWhatIsHeld(by);
    release(by.at());
  }

  /** Has the model made by this provider, from now on or again; it has all its time before it. */
  public void makeAt(String provider, ChangeContext by) {
    if (status == TaskStatus.FAILED) {
      retryModel(by);
    }
    if (status == TaskStatus.MODEL_PENDING) {
      startModel(provider, by);
      enqueue(by.at());
    } else {
      discardWhatIsHeld(by);
      changeProvider(provider, "an operator says so", by);
      modelGenerationStartedAt = updatedAt;
    }
  }

  // The queue

  /** Gives the task to a worker until the lease ends; whoever held it before is shut out. */
  public void leaseTo(String node, Instant until) {
    leasedBy = node;
    dueAt = until;
    fence++;
  }

  /** Gives the task back, to be looked at when due. */
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
    forgetModelTimes();
    move(verb, by, "picture " + index);
    forgetFailure();
    enqueue(by.at());
  }

  private void forgetModelTimes() {
    modelGenerationStartedAt = null;
    modelGenerationCompletedAt = null;
    completedAt = null;
  }

  private void forgetFailure() {
    failedStage = null;
    errorCode = null;
    errorMessage = null;
    failedAt = null;
  }

  private void discard(FileRef file, ChangeContext by) {
    newlyDiscarded.add(new DiscardedFile(file.key(), by.at()));
  }

  /** What the present holder stores, or has stored, without having told. */
  private void discardWhatIsHeld(ChangeContext by) {
    if (leasedBy != null) {
      newlyDiscarded.add(DiscardedFile.allOf(TaskClaim.storeScope(id, fence), by.at()));
    }
  }

  private void move(TaskTransition verb, ChangeContext by, String detail) {
    TaskStatus to = status.after(verb).orElseThrow(() -> new InvalidStateException(this, verb));
    TaskStatus from = status;
    status = to;
    if (to.isPending() || to == TaskStatus.IMAGE_EDITING) {
      trace = by.trace();
    }
    touch(by);
    record(TaskEvent.Type.STATUS_CHANGED, from, by).detail(detail);
  }

  private void require(boolean allowed, TaskTransition verb) {
    if (!allowed) {
      throw new InvalidStateException(this, verb);
    }
  }

  /**
   * Every visible change moves the time on, whatever a clock does: readers tell by it, and nothing
   * ends before it began.
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

  /** Hands over the history written since the last call, to be stored in the same transaction. */
  List<TaskEvent> takeNewEvents() {
    List<TaskEvent> taken = newEvents;
    newEvents = new ArrayList<>();
    return taken;
  }

  /** Hands over the files let go since the last call, to be noted in the same transaction. */
  List<DiscardedFile> takeDiscardedFiles() {
    List<DiscardedFile> taken = newlyDiscarded;
    newlyDiscarded = new ArrayList<>();
    return taken;
  }

  // Reading

  /**
   * Checks that there is such a picture, or will be.
   *
   * @throws UnknownPictureException if there is none
   */
  private void checkPicture(int index) {
    if (image(index).isEmpty() && !missingImages().contains(index)) {
      throw new UnknownPictureException(index);
    }
  }

  private boolean hasAllImages() {
    return missingImages().isEmpty();
  }

  private boolean hasRoom() {
    return nextImage() < MOST_IMAGES;
  }

  /** What its owner may do now. */
  public Set<TaskAction> allowedActions() {
    Set<TaskAction> actions = EnumSet.of(TaskAction.DELETE);
    for (TaskTransition verb : status.verbsForPeople()) {
      boolean needsRoom = verb == TaskTransition.EDIT_IMAGE;
      boolean needsImages =
          needsRoom || verb == TaskTransition.SELECT_IMAGE || verb == TaskTransition.RETRY_MODEL;
      boolean needsSelection = verb == TaskTransition.RETRY_MODEL;
      boolean drawsImages = verb == TaskTransition.RETRY_IMAGES;
      if ((!needsImages || hasAllImages())
          && (!needsRoom || hasRoom())
          && (!needsSelection || selectedImageIndex != null)
          && (!drawsImages || !ownPicture)) {
        actions.add(TaskAction.of(verb));
      }
    }
    return actions;
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

  /** The stage that failed; null unless the status is FAILED. */
  public Stage failedStage() {
    return failedStage;
  }

  public FailureCode errorCode() {
    return errorCode;
  }

  /** For people, beginning with the failed stage; null unless the status is FAILED. */
  public String errorMessage() {
    return errorMessage;
  }

  /** Where the picture is stored that a new task begins with: no claim has this scope. */
  public static String scopeOfOwnPicture(UUID id) {
    return TaskClaim.storeScope(id, 0);
  }

  /** Whether it began with a picture of its owner's, the only one it has. */
  public boolean hasOwnPicture() {
    return ownPicture;
  }

  /** A change to a picture that is being made, or that was given up last; null if there is none. */
  public ImageEdit edit() {
    return edit;
  }

  /** The chosen picture; null before one is chosen. */
  public Integer selectedImageIndex() {
    return selectedImageIndex;
  }

  /** The pictures that are there, by their index. */
  public List<TaskImage> images() {
    return Collections.unmodifiableList(images);
  }

  public Optional<TaskImage> image(int index) {
    return images.stream().filter(image -> image.index() == index).findFirst();
  }

  /** The model; empty before a picture was chosen. */
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

  /** When it last changed visibly; no two visible changes of a task have the same. */
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

  /** Tries of the current step that failed so far. */
  public int failedAttempts() {
    return failedAttempts;
  }

  /** When a worker shall look at it, or the lease's end while one does; null if none shall. */
  public Instant dueAt() {
    return dueAt;
  }

  /** The node whose worker holds it; null while nobody does. */
  public String leasedBy() {
    return leasedBy;
  }

  public long fence() {
    return fence;
  }

  /** Where in a trace its present stage was asked for; null where nobody traced that. */
  String trace() {
    return trace;
  }
}
