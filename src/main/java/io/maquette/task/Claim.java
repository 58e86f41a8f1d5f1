package io.maquette.task;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A worker's hold on a task until its lease ends: what the next step needs to know, read in the
 * transaction that took it.
 *
 * @param taskId the task
 * @param fence proves the hold when a result comes back
 * @param prompt the user's own sentence
 * @param failedAttempts tries of the step that failed so far
 * @param missingImages places without a picture, ascending; empty in the model stage
 * @param picture the chosen picture; null in the picture stage
 * @param provider who is to make the model; null in the picture stage
 * @param job the open job at a provider; null where none was submitted
 * @param startedAt when the stage's work began
 */
public record Claim(
    UUID taskId,
    long fence,
    String prompt,
    int failedAttempts,
    List<Integer> missingImages,
    FileRef picture,
    String provider,
    Job job,
    Instant startedAt) {

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

  static Claim on(Task task) {
    boolean images = task.status() == TaskStatus.IMAGE_GENERATING;
    return new Claim(
        task.id(),
        task.fence(),
        task.prompt(),
        task.failedAttempts(),
        images ? task.missingImages() : List.of(),
        images ? null : task.image(task.selectedImageIndex()).orElseThrow().file(),
        images ? null : task.model().orElseThrow().provider(),
        images
            ? null
            : task.model()
                .filter(model -> model.apiTaskId() != null)
                .map(model -> new Job(model.provider(), model.apiTaskId()))
                .orElse(null),
        images ? task.imageGenerationStartedAt() : task.modelGenerationStartedAt());
  }

  /**
   * The task, locked until the transaction ends.
   *
   * @throws StaleClaimException if it has moved on since it was claimed
   */
  Task lock(EntityManager entities) throws StaleClaimException {
    Task task = entities.find(Task.class, taskId, LockModeType.PESSIMISTIC_WRITE);
    if (task == null || task.fence() != fence) {
      throw new StaleClaimException(this);
    }
    return task;
  }

  /** Where the claim's files go: a place no other claim writes to. */
  public String storeScope() {
    return storeScope(taskId, fence);
  }

  static String storeScope(UUID task, long fence) {
    return task + "/" + fence;
  }
}
