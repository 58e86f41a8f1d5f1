package io.maquette.task;

import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Claim of a worker on a task until its lease ends. It holds the data for the next step, read in
 * the transaction that made the claim. There is one record for each kind of step.
 */
public sealed interface TaskClaim {

  /**
   * Claimed task, as every step needs it.
   *
   * @param id id of the task
   * @param owner owner of the task
   * @param fence fencing token that a result must present
   * @param failedAttempts number of failed attempts of the step so far
   * @param startedAt when the work of the stage started
   * @param trace trace context of the request that started the stage; empty if it was not traced
   */
  record ClaimedTask(
      UUID id,
      String owner,
      long fence,
      int failedAttempts,
      Instant startedAt,
      Optional<String> trace) {

    static ClaimedTask of(Task task, Instant startedAt) {
      return new ClaimedTask(
          task.id(),
          task.owner(),
          task.fence(),
          task.failedAttempts(),
          startedAt,
          Optional.ofNullable(task.trace()));
    }

    /** Returns the task for a further step of the same claim, which has not failed yet. */
    ClaimedTask withoutFailures() {
      return new ClaimedTask(id, owner, fence, 0, startedAt, trace);
    }
  }

  /**
   * Submission whose ledger row is written before its step begins, so the ledger need not decide
   * again.
   *
   * @param call number of the row
   * @param at time at or before the writing of the row
   */
  record ReservedSubmission(long call, Instant at) {}

  /**
   * Claim to generate pictures, one after the other.
   *
   * @param prompt prompt of the user
   * @param imageOptions options of the pictures
   * @param missingImages grid places without a picture, ascending; at least one
   * @param reserved submission of the first missing picture; empty if the ledger must decide
   * @param isContinued whether an earlier step of this claim has stored a picture
   */
  record ImageClaim(
      ClaimedTask claimed,
      String prompt,
      ImageOptions imageOptions,
      List<Integer> missingImages,
      Optional<ReservedSubmission> reserved,
      boolean isContinued)
      implements TaskClaim {

    /** Creates a claim on a task whose picture stage has just started. */
    public static ImageClaim first(Task task, ReservedSubmission reserved) {
      return of(task, task.places(), Optional.of(reserved));
    }

    /** Creates a claim on a task whose picture stage was started before. */
    public static ImageClaim resumed(Task task) {
      return of(task, task.missingImages(), Optional.empty());
    }

    private static ImageClaim of(
        Task task, List<Integer> missingImages, Optional<ReservedSubmission> reserved) {
      return new ImageClaim(
          ClaimedTask.of(task, task.imageGenerationStartedAt()),
          task.prompt(),
          task.imageOptions(),
          missingImages,
          reserved,
          false);
    }

    /** Returns the first missing picture as it is stored. */
    public NewImage newImage(String variant, ImageRemark remark, FileRef file) {
      return new NewImage(missingImages.get(0), variant, remark, file, missingImages.size() - 1);
    }

    /**
     * Returns the claim as it continues after its first missing picture is stored.
     *
     * @param next submission of the next picture; empty if the ledger must decide
     */
    public ImageClaim afterPicture(Optional<ReservedSubmission> next) {
      return new ImageClaim(
          claimed.withoutFailures(),
          prompt,
          imageOptions,
          missingImages.subList(1, missingImages.size()),
          next,
          true);
    }

    @Override
    public Optional<Integer> imageIndex() {
      return Optional.of(missingImages.get(0));
    }

    @Override
    public Optional<String> options() {
      return Optional.ofNullable(imageOptions.toJson());
    }
  }

  /**
   * Claim to make a new version of a picture.
   *
   * @param instruction change that the user asked for
   * @param picture picture to edit
   * @param newImage grid place of the new version
   */
  record EditClaim(ClaimedTask claimed, String instruction, FileRef picture, int newImage)
      implements TaskClaim {

    /** Creates a claim on a task in IMAGE_EDITING. */
    public static EditClaim of(Task task) {
      ImageEdit edit = task.edit();
      return new EditClaim(
          ClaimedTask.of(task, edit.askedAt()),
          edit.instruction(),
          task.image(edit.imageIndex()).orElseThrow().file(),
          task.nextImage());
    }

    @Override
    public Optional<Integer> imageIndex() {
      return Optional.of(newImage);
    }
  }

  /**
   * Claim to submit the chosen picture to a model provider.
   *
   * @param prompt prompt of the user
   * @param modelOptions options of the model
   * @param picture the chosen picture
   * @param provider name of the model provider
   * @param reserved the submission; empty if the ledger must decide
   */
  record ModelClaim(
      ClaimedTask claimed,
      String prompt,
      ModelOptions modelOptions,
      FileRef picture,
      String provider,
      Optional<ReservedSubmission> reserved)
      implements TaskClaim {

    /** Creates a claim on a task whose model stage has just started. */
    public static ModelClaim first(Task task, FileRef picture, ReservedSubmission reserved) {
      return of(task, picture, Optional.of(reserved));
    }

    private static ModelClaim of(
        Task task, FileRef picture, Optional<ReservedSubmission> reserved) {
      return new ModelClaim(
          ClaimedTask.of(task, task.modelGenerationStartedAt()),
          task.prompt(),
          task.modelOptions(),
          picture,
          task.model().orElseThrow().provider(),
          reserved);
    }

    @Override
    public Optional<String> modelProvider() {
      return Optional.of(provider);
    }

    @Override
    public Optional<String> options() {
      return Optional.ofNullable(modelOptions.toJson());
    }
  }

  /**
   * Claim to poll a provider job.
   *
   * @param job the open provider job
   * @param known last stored state of the job
   * @param modelOptions options of the model
   */
  record PollClaim(ClaimedTask claimed, Job job, KnownState known, ModelOptions modelOptions)
      implements TaskClaim {

    /** Returns whether this state of the job is already stored; progress never goes down. */
    public boolean knows(ModelStatus status, int progress) {
      return known.status() == status && progress <= known.progress();
    }

    @Override
    public Optional<String> modelProvider() {
      return Optional.of(job.provider());
    }
  }

  /**
   * Provider job.
   *
   * @param provider name of the provider that has the job
   * @param id the provider's id of the job
   */
  record Job(String provider, String id) {
    public Job {
      Objects.requireNonNull(id, "id");
    }
  }

  /**
   * Last stored state of a provider job.
   *
   * @param progress in percent
   */
  record KnownState(ModelStatus status, int progress) {}

  /** Creates a claim on a task whose model stage was started before. */
  static TaskClaim inModelStage(Task task) {
    Job job = TaskService.openJob(task);
    if (job == null) {
      FileRef picture = task.image(task.selectedImageIndex()).orElseThrow().file();
      return ModelClaim.of(task, picture, Optional.empty());
    }
    TaskModel model = task.model().orElseThrow();
    return new PollClaim(
        ClaimedTask.of(task, task.modelGenerationStartedAt()),
        job,
        new KnownState(model.status(), model.progress()),
        task.modelOptions());
  }

  /** Returns the claimed task. */
  ClaimedTask claimed();

  /** Returns the submission whose ledger row the claim brings; empty if there is none. */
  default Optional<ReservedSubmission> reserved() {
    return Optional.empty();
  }

  /** Returns the grid place of the picture that the step submits; empty in the model stage. */
  default Optional<Integer> imageIndex() {
    return Optional.empty();
  }

  /** Returns the options of the submission as a JSON object; empty if there are none. */
  default Optional<String> options() {
    return Optional.empty();
  }

  /** Returns the options of the model; none in the picture stage. */
  default ModelOptions modelOptions() {
    return ModelOptions.NONE;
  }

  /** Returns the name of the model provider; empty in the picture stage. */
  default Optional<String> modelProvider() {
    return Optional.empty();
  }

  /** Returns whether the claim is in the picture stage, edits included. */
  default boolean isForPictures() {
    return modelProvider().isEmpty();
  }

  default UUID taskId() {
    return claimed().id();
  }

  default String owner() {
    return claimed().owner();
  }

  default long fence() {
    return claimed().fence();
  }

  default int failedAttempts() {
    return claimed().failedAttempts();
  }

  default Instant startedAt() {
    return claimed().startedAt();
  }

  /** Returns the store scope of the claim's files; no other claim writes to it. */
  default String storeScope() {
    return storeScope(taskId(), fence());
  }

  /** Returns the store scope of a claim by its fence. */
  static String storeScope(UUID task, long fence) {
    return task + "/" + fence;
  }

  /**
   * Locks and returns the task until the transaction ends.
   *
   * @throws StaleClaimException if the claim is no longer valid
   */
  default Task lock(EntityManager entities) throws StaleClaimException {
    Task task = TaskRepository.lock(entities, taskId());
    if (task == null || task.fence() != fence()) {
      throw new StaleClaimException(this);
    }
    return task;
  }
}
