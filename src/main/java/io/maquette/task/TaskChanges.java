package io.maquette.task;

import java.util.List;

/**
 * What one transaction has changed, fired in it to be observed after it is committed: together, as
 * telling each observer of each change by itself takes longer than what most of them do.
 *
 * @param all in the order of the history's rows
 */
public record TaskChanges(List<TaskChanged> all) {

  public TaskChanges {
    all = List.copyOf(all);
  }
}
