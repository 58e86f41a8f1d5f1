package io.maquette.task;

import java.util.Set;

/**
 * Filter of a task listing.
 *
 * @param statuses statuses to include; empty for all
 * @param text part of the prompt, ignoring case; null for all
 */
public record TaskFilter(Set<TaskStatus> statuses, String text) {
  public TaskFilter {
    statuses = Set.copyOf(statuses);
  }
}
