package io.maquette.task.web;

import io.maquette.http.Messages;
import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import io.maquette.task.FileRef;
import io.maquette.task.ImageEdit;
import io.maquette.task.ModelStatus;
import io.maquette.task.Task;
import io.maquette.task.TaskAction;
import io.maquette.task.TaskImage;
import io.maquette.task.TaskModel;
import io.maquette.task.TaskStatus;
import io.maquette.task.wait.Estimate;
import io.maquette.task.wait.OverdueTask;
import io.maquette.task.wait.WaitEstimate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** JSON view of a task. Addresses are relative to the context root. */
public record TaskView(
    String id,
    String prompt,
    String status,
    String failedStage,
    String errorCode,
    String errorMessage,
    Integer selectedImageIndex,
    Instant imageGenerationStartedAt,
    Instant imageGenerationCompletedAt,
    Instant modelGenerationStartedAt,
    Instant modelGenerationCompletedAt,
    Instant createdAt,
    Instant updatedAt,
    Instant completedAt,
    Instant failedAt,
    Instant cancelledAt,
    boolean ownPicture,
    ImageOptionsView imageOptions,
    ModelOptionsView modelOptions,
    List<ImageView> images,
    EditView edit,
    ModelView model,
    Integer queuePosition,
    EstimateView estimate,
    OverdueView overdue,
    List<TaskAction> allowedActions) {

  /** JSON view of an estimate. */
  public record EstimateView(Instant from, Instant to, int basis, boolean slowerThanUsual) {}

  /**
   * JSON view of an overdue task: when it entered its status, the target in seconds, and the wait
   * reason.
   */
  public record OverdueView(Instant since, long targetSeconds, String waitsFor) {}

  /**
   * JSON view of the options of the pictures; null stands for the provider's default.
   *
   * @param choose {@code first} if the task continues with the first picture; null if its user
   *     chooses
   */
  public record ImageOptionsView(
      Integer count,
      String aspect,
      String quality,
      String negativePrompt,
      Long seed,
      String choose) {}

  /**
   * JSON view of the options of the model; null stands for the provider's default.
   *
   * @param providers names of the providers that may make the model; empty for any
   */
  public record ModelOptionsView(
      List<String> providers,
      Integer faces,
      String topology,
      Boolean texture,
      Boolean pbr,
      Long seed,
      String form) {}

  /** JSON view of a picture. */
  public record ImageView(
      int index, String url, String prompt, String remark, Integer editOf, Instant createdAt) {}

  /** JSON view of the edit in progress or the last failed edit. */
  public record EditView(
      int imageIndex, String instruction, String errorCode, String errorMessage, Instant askedAt) {}

  /** JSON view of the model. */
  public record ModelView(
      String name,
      String status,
      int progress,
      String format,
      Long fileSize,
      Long faceCount,
      Long vertexCount,
      String remark,
      String modelUrl,
      String previewUrl,
      String apiTaskId,
      String apiRequestId,
      String errorMessage,
      Instant createdAt,
      Instant completedAt,
      Instant failedAt) {}

  /**
   * Number of digest characters in a file's address, so that the address changes with the content.
   */
  private static final int VERSION_LENGTH = 8;

  /**
   * Returns the view of a task in a listing or after a change, without queue position, estimate and
   * overdue information. Those would need queries for each task.
   */
  public static TaskView of(Task task) {
    return of(task, WaitEstimate.NONE);
  }

  static TaskView of(Task task, WaitEstimate wait) {
    return new TaskView(
        task.id().toString(),
        task.prompt(),
        task.status().name(),
        nameOf(task.failedStage()),
        nameOf(task.errorCode()),
        errorMessage(task),
        task.selectedImageIndex(),
        task.imageGenerationStartedAt(),
        task.imageGenerationCompletedAt(),
        task.modelGenerationStartedAt(),
        task.modelGenerationCompletedAt(),
        task.createdAt(),
        task.updatedAt(),
        task.completedAt(),
        task.failedAt(),
        task.cancelledAt(),
        task.hasOwnPicture(),
        viewOf(task.imageOptions()),
        viewOf(task.modelOptions()),
        task.images().stream().map(image -> viewOf(task, image)).toList(),
        viewOf(task, task.edit()),
        task.model().map(model -> viewOf(task, model)).orElse(null),
        wait.queuePosition(),
        viewOf(wait.estimate()),
        viewOf(wait.overdue()),
        List.copyOf(task.allowedActions()));
  }

  /**
   * Returns the error message in the language of the request. The row contains Chinese, the
   * language of the API contract.
   */
  private static String errorMessage(Task task) {
    Messages texts = Messages.ofRequest();
    return task.errorCode() == null
        ? null
        : texts.get(
            "failure." + task.failedStage(),
            texts.get(task.errorCode().textKey(task.hasOwnPicture())));
  }

  private static String errorMessage(Task task, TaskModel model) {
    if (model.status() != ModelStatus.FAILED) {
      return null;
    }
    return Messages.ofRequest()
        .get(
            task.errorCode() == null
                ? "failure." + TaskStatus.CANCELLED
                : task.errorCode().textKey(task.hasOwnPicture()));
  }

  private static EstimateView viewOf(Estimate estimate) {
    return estimate == null
        ? null
        : new EstimateView(
            estimate.from().truncatedTo(ChronoUnit.SECONDS),
            estimate.to().truncatedTo(ChronoUnit.SECONDS),
            estimate.basis(),
            estimate.slowerThanUsual());
  }

  private static OverdueView viewOf(OverdueTask overdue) {
    return overdue == null
        ? null
        : new OverdueView(overdue.since(), overdue.target().toSeconds(), overdue.waitsFor().name());
  }

  private static ImageOptionsView viewOf(ImageOptions options) {
    return options.equals(ImageOptions.NONE)
        ? null
        : new ImageOptionsView(
            options.count().orElse(null),
            options.aspect().orElse(null),
            options.quality().orElse(null),
            options.negativePrompt().orElse(null),
            options.seed().orElse(null),
            options.choosesFirst() ? ImageOptions.FIRST : null);
  }

  private static ModelOptionsView viewOf(ModelOptions options) {
    return options.equals(ModelOptions.NONE)
        ? null
        : new ModelOptionsView(
            options.providers(),
            options.faces().orElse(null),
            options.topology().orElse(null),
            options.texture().orElse(null),
            options.pbr().orElse(null),
            options.seed().orElse(null),
            options.form().orElse(null));
  }

  private static ImageView viewOf(Task task, TaskImage image) {
    return new ImageView(
        image.index(),
        urlOf(task, image),
        image.prompt(),
        nameOf(image.remark()),
        image.editOf(),
        image.createdAt());
  }

  private static EditView viewOf(Task task, ImageEdit edit) {
    if (edit == null) {
      return null;
    }
    Messages texts = Messages.ofRequest();
    return new EditView(
        edit.imageIndex(),
        edit.instruction(),
        nameOf(edit.errorCode()),
        edit.errorCode() == null
            ? null
            : texts.get("failure.EDIT", texts.get(edit.errorCode().textKey(task.hasOwnPicture()))),
        edit.askedAt());
  }

  private static ModelView viewOf(Task task, TaskModel model) {
    FileRef file = model.file().orElse(null);
    return new ModelView(
        model.name(),
        model.status().name(),
        model.progress(),
        model.format(),
        file == null ? null : file.size(),
        model.faceCount(),
        model.vertexCount(),
        nameOf(model.remark()),
        file == null
            ? null
            : "/api/tasks/"
                + task.id()
                + "/model?format="
                + model.format()
                + "&v="
                + versionOf(file),
        file == null
            ? null
            : model
                .preview()
                .map(preview -> "/api/tasks/" + task.id() + "/preview?v=" + versionOf(preview))
                .or(() -> task.image(task.selectedImageIndex()).map(image -> urlOf(task, image)))
                .orElse(null),
        model.apiTaskId(),
        model.apiRequestId(),
        errorMessage(task, model),
        model.createdAt(),
        model.completedAt(),
        model.failedAt());
  }

  private static String urlOf(Task task, TaskImage image) {
    return "/api/tasks/" + task.id() + "/images/" + image.index() + "?v=" + versionOf(image.file());
  }

  public static String versionOf(FileRef file) {
    return file.sha256().substring(0, VERSION_LENGTH);
  }

  private static String nameOf(Enum<?> value) {
    return value == null ? null : value.name();
  }
}
