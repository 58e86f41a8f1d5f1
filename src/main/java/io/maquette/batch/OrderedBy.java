package io.maquette.batch;

import java.util.function.Consumer;

/**
 * Actor that starts, stops or restarts a run.
 *
 * @param actor name in task histories: {@code operator:<account>} or {@code schedule}; at most 100
 *     characters
 * @param audit writes the audit entry, in the transaction of the action
 */
public record OrderedBy(String actor, Consumer<Run> audit) {

  /** Schedule as actor; it needs no audit, because the run itself records the start. */
  static final OrderedBy SCHEDULE = new OrderedBy("schedule", run -> {});
}
