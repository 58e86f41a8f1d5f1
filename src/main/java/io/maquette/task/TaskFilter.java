package io.maquette.task;

import java.util.Set;

/**
 * Which tasks a listing shows.
 *
 * @param statuses empty for all
 * @param text part of the prompt, any case; null for all
 */
public record TaskFilter(Set<TaskStatus> statuses, String text) {
  public TaskFilter {
    statuses = Set.copyOf(statuses);
  }
}
