package io.maquette.task;

import java.util.List;

/**
 * CDI event with all task changes of one transaction, observed after the commit. One event per
 * transaction; firing one event per change takes longer than most observers work.
 *
 * @param all the changes in the order of the history rows
 */
public record TaskChanges(List<TaskChanged> all) {

  public TaskChanges {
    all = List.copyOf(all);
  }
}
