package io.maquette.task.wait;

import io.maquette.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Task whose time in status exceeds the target.
 *
 * @param task id of the task
 * @param status current status of the task
 * @param provider provider that works on the task in that status, or will
 * @param since when the task entered the status
 * @param target limit for the time in status
 * @param waitsFor wait reason, as far as it is known
 */
public record OverdueTask(
    UUID task,
    TaskStatus status,
    String provider,
    Instant since,
    Duration target,
    WaitReason waitsFor) {

  /** Returns why the task is overdue, for its history. */
  public String detail() {
    return waitsFor == WaitReason.OPERATOR
        ? "waits for " + waitsFor
        : "longer than " + target + ", waits for " + waitsFor;
  }
}
