package io.maquette.task;

import java.time.Instant;
import java.util.UUID;

/** Factory for tasks in every status, reached by legal transitions. */
public final class Tasks {

  public static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final ChangeContext BY = new ChangeContext("worker:test", "test-node", T0);

  private Tasks() {}

  public static FileRef file(String key) {
    return new FileRef(key, "0".repeat(64), "image/png", 10);
  }

  public static ModelFile modelFile(String key) {
    return new ModelFile(
        new FileRef(key, "1".repeat(64), "model/gltf-binary", 20), "glb", 1000, 502, null, null);
  }

  static TaskImage image(Task task, int index) {
    return new TaskImage(task, index, "variant " + index, null, file("image-" + index), T0);
  }

  static void addMissingImages(Task task) {
    task.missingImages().forEach(index -> task.add(image(task, index)));
  }

  static Task created() {
    return Task.create(UUID.randomUUID(), "dev", "一只可爱的小猫", BY);
  }

  static Task ofOwnPicture() {
    return Task.ofOwnPicture(UUID.randomUUID(), "dev", "我的图片", file("own"), BY);
  }

  /** Creates a task that failed because its uploaded picture is lost. */
  public static Task withLostOwnPicture() {
    Task task = ofOwnPicture();
    task.selectImage(0, BY);
    task.fail(FailureCode.PICTURE_LOST, "the stored picture is missing", BY);
    return task;
  }

  /** Creates a task in the status; FAILED means failed in the model stage. */
  public static Task in(TaskStatus status) {
    return switch (status) {
      case FAILED -> failedIn(TaskStatus.MODEL_GENERATING);
      case CANCELLED -> {
        Task task = created();
        task.cancel(BY);
        yield task;
      }
      default -> walkTo(status);
    };
  }

  static Task failedIn(TaskStatus status) {
    Task task = walkTo(status);
    task.fail(FailureCode.PROVIDER_UNAVAILABLE, "down", BY);
    return task;
  }

  /** Creates a task with a model and a running edit. */
  static Task beingChanged() {
    Task task = walkTo(TaskStatus.MODEL_COMPLETED);
    task.editImage(3, "make it blue", BY);
    return task;
  }

  private static Task walkTo(TaskStatus status) {
    Task task = created();
    if (task.status() == status) {
      return task;
    }
    task.startImages(BY);
    if (task.status() == status) {
      return task;
    }
    addMissingImages(task);
    task.completeImages(BY);
    if (task.status() == status) {
      return task;
    }
    if (status == TaskStatus.IMAGE_EDITING) {
      task.editImage(3, "make it blue", BY);
      return task;
    }
    task.selectImage(1, BY);
    if (task.status() == status) {
      return task;
    }
    task.startModel("local", BY);
    if (task.status() == status) {
      return task;
    }
    task.completeModel(modelFile("model"), BY);
    return task;
  }
}
