package io.maquette.task;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Claim of a worker on a task until its lease ends. It holds the data for the next step, read in
 * the transaction that made the claim.
 *
 * @param taskId id of the task
 * @param owner owner of the task
 * @param fence fencing token that a result must present
 * @param prompt prompt of the user; in IMAGE_EDITING the edit instruction
 * @param failedAttempts number of failed attempts of the step so far
 * @param missingImages grid places without a picture, ascending; empty in the model stage
 * @param picture the chosen picture, or the picture to edit; null in IMAGE_GENERATING and while a
 *     provider job is open
 * @param provider the model provider; null in the picture stage
 * @param job the open provider job; null if none was submitted
 * @param told the last known state of the provider job; null if none is open
 * @param startedAt when the work of the stage started
 * @param call ledger row of the first submission, which the claim wrote because the stage has just
 *     started; null if the step must ask the ledger
 * @param trace trace context of the request that started the stage; null if it was not traced
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
   * Provider job.
   *
   * @param provider name of the provider that has the job
   * @param id the provider's id of the job
   */
  public record Job(String provider, String id) {
    public Job {
      Objects.requireNonNull(id, "id");
    }
  }

  /** Last known state of a provider job. */
  public record Told(ModelStatus status, int progress) {}

  /** Creates a claim on a task whose stage was started before. */
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
   * Creates a claim on a task whose stage has just started, so nothing was submitted in it yet.
   *
   * @param picture the chosen picture; null in the picture stage
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
   * Locks and returns the task until the transaction ends.
   *
   * @throws StaleClaimException if the claim is no longer valid
   */
  public Task lock(EntityManager entities) throws StaleClaimException {
    Task task = TaskRepository.lock(entities, taskId);
    if (task == null || task.fence() != fence) {
      throw new StaleClaimException(this);
    }
    return task;
  }

  /**
   * Returns how many pictures the task lacks once this one and all before it are stored.
   *
   * @throws IllegalArgumentException if the picture existed before the claim or has no place in the
   *     grid
   */
  public int leftAfter(int image) {
    int place = missingImages.indexOf(image);
    if (place < 0) {
      throw new IllegalArgumentException("picture " + image + " is already there or is none");
    }
    return missingImages.size() - 1 - place;
  }

  /** Returns whether the picture is the first one that this claim stores. */
  boolean isFirst(NewImage image) {
    return image.index() == missingImages.get(0);
  }

  /** Returns whether this state of the provider job is already stored; progress never goes down. */
  public boolean knows(ModelStatus status, int progress) {
    return told != null && told.status() == status && progress <= told.progress();
  }

  /** Returns whether the claim is in the picture stage, edits included. */
  public boolean isForPictures() {
    return provider == null;
  }

  /** Returns the store scope of the claim's files; no other claim writes to it. */
  public String storeScope() {
    return storeScope(taskId, fence);
  }

  static String storeScope(UUID task, long fence) {
    return task + "/" + fence;
  }
}
