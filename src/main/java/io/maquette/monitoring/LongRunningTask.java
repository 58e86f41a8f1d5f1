package io.maquette.monitoring;

import io.maquette.task.TaskStatus;
import io.maquette.task.wait.WaitReason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Task with a long time in status, and the data that explain it.
 *
 * @param provider provider of its model; null before the submission
 * @param since start of the time in status
 * @param held whether a worker has claimed the task
 * @param hasJob whether a provider job is open
 * @param failedAttempts number of failed attempts of the present step
 * @param dueAt when a worker takes the task, or its lease expires
 * @param noticed recorded wait reason; null if none is recorded
 * @param modelProviders names of the providers that may make its model; empty for any
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
    WaitReason noticed,
    List<String> modelProviders) {}
