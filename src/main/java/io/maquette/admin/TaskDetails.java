package io.maquette.admin;

import io.maquette.task.FailureCode;
import io.maquette.task.FileRef;
import io.maquette.task.ModelRemark;
import io.maquette.task.ModelStatus;
import io.maquette.task.Stage;
import io.maquette.task.Task;
import io.maquette.task.TaskAction;
import io.maquette.task.TaskEvent;
import io.maquette.task.TaskImage;
import io.maquette.task.TaskModel;
import io.maquette.task.TaskStatus;
import io.maquette.task.submission.ProviderCall;
import io.maquette.task.web.EventView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * All data of a task, for operators.
 *
 * @param lease lease of a worker; null if the task is not claimed
 * @param stays times in each status, oldest first
 * @param history events, oldest first, at most the last {@link TaskSearchService#MAX_HISTORY}
 * @param calls submissions to providers, oldest first, at most the last {@link
 *     io.maquette.task.TaskQueries#MAX_LIMIT}
 * @param credits cost of the submissions by provider, in the provider's unit, where the provider
 *     reports it
 */
public record TaskDetails(
    UUID id,
    String owner,
    String prompt,
    TaskStatus status,
    Stage failedStage,
    FailureCode errorCode,
    String errorMessage,
    Integer selectedImageIndex,
    int attempt,
    Instant createdAt,
    Instant updatedAt,
    Instant imageGenerationStartedAt,
    Instant imageGenerationCompletedAt,
    Instant modelGenerationStartedAt,
    Instant modelGenerationCompletedAt,
    Instant completedAt,
    Instant failedAt,
    Instant cancelledAt,
    Instant dueAt,
    Lease lease,
    List<Picture> pictures,
    Model model,
    List<TimeInStatus> stays,
    List<EventView> history,
    List<Call> calls,
    Map<String, BigDecimal> credits,
    Set<TaskAction> allowedActions) {

  /**
   * Lease of a worker on a task.
   *
   * @param node name of the worker's node
   * @param until expiry, after which another worker can claim the task
   * @param fence fence that a result must carry
   */
  public record Lease(String node, Instant until, long fence) {}

  /** File in the store. */
  public record Stored(String key, String sha256, String mediaType, long size) {
    static Stored of(FileRef file) {
      return new Stored(file.key(), file.sha256(), file.mediaType(), file.size());
    }
  }

  /** One of the four pictures of the task. */
  public record Picture(int index, String prompt, Stored file, Instant createdAt) {
    static Picture of(TaskImage image) {
      return new Picture(image.index(), image.prompt(), Stored.of(image.file()), image.createdAt());
    }
  }

  /** Model of a task, complete or in progress. */
  public record Model(
      String name,
      ModelStatus status,
      int progress,
      String provider,
      String jobId,
      String requestId,
      String format,
      Long faceCount,
      Long vertexCount,
      ModelRemark remark,
      Stored file,
      Stored preview,
      String errorMessage,
      Instant createdAt,
      Instant completedAt,
      Instant failedAt) {
    static Model of(TaskModel model) {
      return new Model(
          model.name(),
          model.status(),
          model.progress(),
          model.provider(),
          model.apiTaskId(),
          model.apiRequestId(),
          model.format(),
          model.faceCount(),
          model.vertexCount(),
          model.remark(),
          model.file().map(Stored::of).orElse(null),
          model.preview().map(Stored::of).orElse(null),
          model.errorMessage(),
          model.createdAt(),
          model.completedAt(),
          model.failedAt());
    }
  }

  /**
   * Time in one status.
   *
   * @param until end; null for the present status
   * @param lasted duration; null for the present status
   * @param attempts number of attempts in this status; 1 if none failed
   */
  public record TimeInStatus(
      TaskStatus status, Instant since, Instant until, Duration lasted, int attempts) {}

  /** Submission to a provider; see {@link ProviderCall}. */
  public record Call(
      long id,
      Stage stage,
      Integer imageIndex,
      int attempt,
      String provider,
      String node,
      String reason,
      ProviderCall.Outcome outcome,
      boolean late,
      String jobId,
      String requestId,
      String problem,
      String error,
      BigDecimal credits,
      String cancellation,
      Instant submittedAt,
      Instant answeredAt,
      Duration lasted,
      String options) {
    static Call of(ProviderCall call) {
      return new Call(
          call.id(),
          call.stage(),
          call.imageIndex(),
          call.attempt(),
          call.provider(),
          call.node(),
          call.reason(),
          call.outcome(),
          call.isLate(),
          call.jobId(),
          call.requestId(),
          call.problem(),
          call.error(),
          call.credits(),
          call.cancellation(),
          call.submittedAt(),
          call.answeredAt(),
          call.duration(),
          call.options());
    }
  }

  static TaskDetails of(Task task, List<TaskEvent> history, List<ProviderCall> calls) {
    return new TaskDetails(
        task.id(),
        task.owner(),
        task.prompt(),
        task.status(),
        task.failedStage(),
        task.errorCode(),
        task.errorMessage(),
        task.selectedImageIndex(),
        task.failedAttempts() + 1,
        task.createdAt(),
        task.updatedAt(),
        task.imageGenerationStartedAt(),
        task.imageGenerationCompletedAt(),
        task.modelGenerationStartedAt(),
        task.modelGenerationCompletedAt(),
        task.completedAt(),
        task.failedAt(),
        task.cancelledAt(),
        task.dueAt(),
        task.leasedBy() == null ? null : new Lease(task.leasedBy(), task.dueAt(), task.fence()),
        task.images().stream().map(Picture::of).toList(),
        task.model().map(Model::of).orElse(null),
        timesInStatus(history),
        history.stream().map(EventView::of).toList(),
        calls.stream().map(Call::of).toList(),
        credits(calls),
        task.allowedActions());
  }

  private static List<TimeInStatus> timesInStatus(List<TaskEvent> history) {
    List<TimeInStatus> times = new ArrayList<>();
    TaskEvent entered = null;
    int attempts = 1;
    for (TaskEvent event : history) {
      if (event.type() == TaskEvent.Type.ATTEMPT_FAILED) {
        attempts++;
      } else if (event.type() == TaskEvent.Type.STATUS_CHANGED) {
        if (entered != null) {
          times.add(timeInStatus(entered, event.at(), attempts));
        }
        entered = event;
        attempts = 1;
      }
    }
    if (entered != null) {
      times.add(timeInStatus(entered, null, attempts));
    }
    return times;
  }

  private static TimeInStatus timeInStatus(TaskEvent entered, Instant until, int attempts) {
    return new TimeInStatus(
        entered.to(),
        entered.at(),
        until,
        until == null ? null : Duration.between(entered.at(), until),
        attempts);
  }

  private static Map<String, BigDecimal> credits(List<ProviderCall> calls) {
    Map<String, BigDecimal> credits = new TreeMap<>();
    calls.stream()
        .filter(call -> Objects.nonNull(call.credits()))
        .forEach(call -> credits.merge(call.provider(), call.credits(), BigDecimal::add));
    return credits;
  }
}
