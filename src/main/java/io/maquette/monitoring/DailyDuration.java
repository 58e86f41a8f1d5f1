package io.maquette.monitoring;

import io.maquette.task.TaskStatus;
import java.time.LocalDate;

/**
 * Times in status of the tasks that left a status on one day.
 *
 * @param day day in UTC
 * @param provider provider that worked in the status, or that got the task from the queue; {@code
 *     -} for a status without a provider
 * @param stays number of times; a task can have several
 * @param totalSeconds sum
 * @param p50Seconds median
 * @param p95Seconds 95th percentile
 * @param maxSeconds maximum
 */
public record DailyDuration(
    LocalDate day,
    TaskStatus status,
    String provider,
    long stays,
    double totalSeconds,
    double p50Seconds,
    double p95Seconds,
    double maxSeconds) {}
