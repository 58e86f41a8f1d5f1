package io.maquette.monitoring;

import io.maquette.task.TaskStatus;
import java.time.LocalDate;

/**
 * How long tasks were in a state, of those that left it on a day.
 *
 * @param day in UTC
 * @param provider who was at work in it, or took the task out of its queue; {@code -} for states in
 *     which nobody is
 * @param stays how many there were; a task may have several
 * @param totalSeconds of all of them together
 * @param p50Seconds half of them were no longer
 * @param p95Seconds nineteen of twenty were no longer
 * @param maxSeconds the longest
 */
public record DwellRow(
    LocalDate day,
    TaskStatus status,
    String provider,
    long stays,
    double totalSeconds,
    double p50Seconds,
    double p95Seconds,
    double maxSeconds) {}
