package io.maquette.batch;

/**
 * A line of a run's report.
 *
 * @param number 1 for the first
 * @param subject what it is about: the number of a line, the id of a task, the key of a file
 * @param outcome what was found or done, in capitals
 * @param detail more in words; may be null
 */
public record RunLine(long number, String subject, String outcome, String detail) {}
