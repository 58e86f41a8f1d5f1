package io.maquette.task;

import io.maquette.task.submission.ProviderCall;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Expected state of a task: a second, simple implementation of the rules. */
final class ExpectedTask {

  /** Expected ledger row of a submission. */
  static final class Call {
    final long id;
    final Integer image;
    final int run;
    final boolean again;
    ProviderCall.Outcome outcome = ProviderCall.Outcome.SUBMITTING;
    boolean late;
    String job;

    Call(long id, Integer image, int run, boolean again) {
      this.id = id;
      this.image = image;
      this.run = run;
      this.again = again;
    }
  }

  static final int UNKNOWN_LIMIT = 2;

  final UUID id;
  TaskStatus status = TaskStatus.IMAGE_PENDING;
  Stage failedStage;
  final Map<Integer, String> images = new TreeMap<>();
  Integer selected;
  ModelStatus model;
  int progress;
  String provider;
  String job;
  final List<String> modelFiles = new ArrayList<>();
  int failedAttempts;
  String leasedBy;

  /** Store scope of the last claim. */
  String scope;

  /** Number of expired leases in a row. */
  int abandoned;

  boolean due = true;
  boolean deleted;

  /** Counter of claims; a claim with another number is outdated. */
  int hold;

  /** Counter of stage starts; submissions of an earlier start do not count. */
  int run;

  final List<Call> calls = new ArrayList<>();

  ExpectedTask(UUID id) {
    this.id = id;
  }

  boolean isIn(TaskStatus first, TaskStatus... rest) {
    return !deleted && EnumSet.of(first, rest).contains(status);
  }

  boolean isInProgress() {
    return isIn(
        TaskStatus.IMAGE_PENDING,
        TaskStatus.IMAGE_GENERATING,
        TaskStatus.MODEL_PENDING,
        TaskStatus.MODEL_GENERATING);
  }

  boolean mayBeClaimed(TaskStatus in) {
    return isIn(in) && due;
  }

  boolean maySelect() {
    return isIn(TaskStatus.IMAGE_COMPLETED, TaskStatus.MODEL_COMPLETED, TaskStatus.FAILED)
        && images.size() == Task.IMAGE_COUNT;
  }

  void claimed(String node, TaskStatus to) {
    if (status != to) {
      run++;
    }
    status = to;
    leasedBy = node;
    due = false;
    hold++;
  }

  void released(boolean dueNow) {
    leasedBy = null;
    abandoned = 0;
    due = dueNow;
    hold++;
  }

  void left(TaskStatus to) {
    status = to;
    failedAttempts = 0;
    released(false);
  }

  /** Starts a model and returns the discarded files of an earlier one. */
  List<String> queuedForModel(int index) {
    List<String> old = List.copyOf(modelFiles);
    modelFiles.clear();
    selected = index;
    model = ModelStatus.PENDING;
    progress = 0;
    provider = null;
    job = null;
    failedStage = null;
    failedAttempts = 0;
    status = TaskStatus.MODEL_PENDING;
    released(true);
    return old;
  }

  List<String> beganAgain() {
    List<String> old = allFiles();
    images.clear();
    modelFiles.clear();
    selected = null;
    model = null;
    progress = 0;
    provider = null;
    job = null;
    failedStage = null;
    failedAttempts = 0;
    status = TaskStatus.IMAGE_PENDING;
    released(true);
    return old;
  }

  void failed() {
    failedStage =
        isIn(TaskStatus.IMAGE_PENDING, TaskStatus.IMAGE_GENERATING) ? Stage.IMAGE : Stage.MODEL;
    if (failedStage == Stage.MODEL) {
      model = ModelStatus.FAILED;
    }
    left(TaskStatus.FAILED);
  }

  void cancelled() {
    if (isIn(TaskStatus.MODEL_PENDING, TaskStatus.MODEL_GENERATING)) {
      model = ModelStatus.FAILED;
    }
    left(TaskStatus.CANCELLED);
  }

  void forgotJob() {
    model = ModelStatus.PENDING;
    progress = 0;
    job = null;
  }

  /** Returns the scope in which the current worker may have stored files without a result. */
  List<String> whatIsHeld() {
    return leasedBy == null ? List.of() : List.of(scope);
  }

  List<String> allFiles() {
    List<String> all = new ArrayList<>(images.values());
    all.addAll(modelFiles);
    return all;
  }

  /**
   * Returns the submissions for the same picture or model since the stage started, oldest first.
   */
  List<Call> earlier(Integer image) {
    return calls.stream()
        .filter(call -> call.run == run && java.util.Objects.equals(call.image, image))
        .toList();
  }

  /** Returns the expected content of the task's row as text. */
  String row() {
    return String.join(
        " ",
        List.of(
            String.valueOf(status),
            String.valueOf(failedStage),
            "selected " + selected,
            "pictures " + images,
            "model " + model + " " + progress + "% " + provider + " " + job + " " + modelFiles,
            "failed " + failedAttempts,
            "held by " + leasedBy,
            isInProgress() ? "due" : "not due"));
  }
}
