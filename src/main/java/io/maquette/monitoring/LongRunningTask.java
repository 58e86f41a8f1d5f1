package io.maquette.monitoring;

import io.maquette.task.TaskStatus;
import io.maquette.task.WaitReason;
import java.time.Instant;
import java.util.UUID;

/**
 * A task that has been in its status for long, with what tells why.
 *
 * @param provider who makes its model; null before one does
 * @param since when it came there
 * @param held whether a worker is at work on it
 * @param hasJob whether a job is open at the provider
 * @param failedAttempts tries of the step that failed so far
 * @param dueAt when a worker shall look at it, or its lease ends
 * @param noticed what it was found to wait for; null if it was not noticed before
 */
public record LongRunningTask(
    UUID task,
    TaskStatus status,
    String provider,
    Instant since,
    boolean held,
    boolean hasJob,
    int failedAttempts,
    Instant dueAt,
    WaitReason noticed) {}
