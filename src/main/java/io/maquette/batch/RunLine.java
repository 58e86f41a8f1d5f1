package io.maquette.batch;

/**
 * Line of a run's report.
 *
 * @param number 1 for the first line
 * @param subject line number, task id or file key that the line is about
 * @param outcome result in capitals
 * @param detail details in words; may be null
 */
public record RunLine(long number, String subject, String outcome, String detail) {}
