package io.maquette.task;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A worker's hold on a task until its lease ends: what the next step needs to know, read in the
 * transaction that took it.
 *
 * @param taskId the task
 * @param owner whose it is
 * @param fence proves the hold when a result comes back
 * @param prompt the user's own sentence; what shall be changed where a picture is
 * @param failedAttempts tries of the step that failed so far
 * @param missingImages places without a picture, ascending; empty in the model stage
 * @param picture the chosen picture, or the one that shall be changed; null while pictures are
 *     drawn, and where a job is open
 * @param provider who is to make the model; null in the picture stage
 * @param job the open job at a provider; null where none was submitted
 * @param told what the provider said last of that; null where none is open
 * @param startedAt when the stage's work began
 * @param call number of the row in the ledger that was written with the claim for its first
 *     submission, as the stage has just begun; null where the ledger is to be asked
 * @param trace where in a trace the stage was asked for; null where nobody traced that
 */
public record TaskClaim(
    UUID taskId,
    String owner,
    long fence,
    String prompt,
    int failedAttempts,
    List<Integer> missingImages,
    FileRef picture,
    String provider,
    Job job,
    Told told,
    Instant startedAt,
    Long call,
    String trace) {

  /**
   * A job at a provider.
   *
   * @param provider the name it was submitted under
   * @param id the provider's id
   */
  public record Job(String provider, String id) {
    public Job {
      Objects.requireNonNull(id, "id");
    }
  }

  /** What a provider said of a job. */
  public record Told(ModelStatus status, int progress) {}

  /** A hold on a task whose stage has been begun before. */
  public static TaskClaim on(Task task) {
    if (task.status() == TaskStatus.IMAGE_EDITING) {
      return onEdit(task);
    }
    if (task.status() == TaskStatus.IMAGE_GENERATING) {
      return on(task, task.missingImages(), null, null, null);
    }
    Job job = TaskService.openJob(task);
    FileRef picture =
        job == null ? task.image(task.selectedImageIndex()).orElseThrow().file() : null;
    return on(task, List.of(), picture, job, null);
  }

  private static TaskClaim onEdit(Task task) {
    ImageEdit edit = task.edit();
    return new TaskClaim(
        task.id(),
        task.owner(),
        task.fence(),
        edit.instruction(),
        task.failedAttempts(),
        List.of(task.nextImage()),
        task.image(edit.imageIndex()).orElseThrow().file(),
        null,
        null,
        null,
        edit.askedAt(),
        null,
        task.trace());
  }

  /**
   * A hold on a task whose stage has just begun: nothing was submitted in it yet.
   *
   * @param picture the chosen one; null in the picture stage
   */
  public static TaskClaim first(Task task, FileRef picture, long call) {
    boolean images = task.status() == TaskStatus.IMAGE_GENERATING;
    return on(task, images ? Task.PLACES : List.of(), picture, null, call);
  }

  private static TaskClaim on(
      Task task, List<Integer> missingImages, FileRef picture, Job job, Long call) {
    boolean images = task.status() == TaskStatus.IMAGE_GENERATING;
    Optional<TaskModel> model = images ? Optional.empty() : task.model();
    return new TaskClaim(
        task.id(),
        task.owner(),
        task.fence(),
        task.prompt(),
        task.failedAttempts(),
        missingImages,
        picture,
        model.map(TaskModel::provider).orElse(null),
        job,
        job == null ? null : model.map(of -> new Told(of.status(), of.progress())).orElseThrow(),
        images ? task.imageGenerationStartedAt() : task.modelGenerationStartedAt(),
        call,
        task.trace());
  }

  /**
   * The task, locked until the transaction ends.
   *
   * @throws StaleClaimException if it has moved on since it was claimed
   */
  public Task lock(EntityManager entities) throws StaleClaimException {
    Task task = TaskRows.lock(entities, taskId);
    if (task == null || task.fence() != fence) {
      throw new StaleClaimException(this);
    }
    return task;
  }

  /**
   * How many pictures the task lacks when this one is there, too, and all that go before it.
   *
   * @throws IllegalArgumentException if it was there when the claim was made, or is none
   */
  public int leftAfter(int image) {
    int place = missingImages.indexOf(image);
    if (place < 0) {
      throw new IllegalArgumentException("picture " + image + " is already there or is none");
    }
    return missingImages.size() - 1 - place;
  }

  /** Whether it is the first that this claim brings. */
  boolean isFirst(NewImage image) {
    return image.index() == missingImages.get(0);
  }

  /** Whether the provider said as much of its job before; progress never goes down. */
  public boolean knows(ModelStatus status, int progress) {
    return told != null && told.status() == status && progress <= told.progress();
  }

  /** Whether it is for the picture stage. */
  public boolean isForPictures() {
    return provider == null;
  }

  /** Where the claim's files go: a place no other claim writes to. */
  public String storeScope() {
    return storeScope(taskId, fence);
  }

  static String storeScope(UUID task, long fence) {
    return task + "/" + fence;
  }
}
