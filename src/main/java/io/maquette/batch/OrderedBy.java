package io.maquette.batch;

import java.util.function.Consumer;

/**
 * Who starts a run, stops it or has it go on.
 *
 * @param actor as in histories: {@code operator:<account>} or {@code schedule}; at most 100
 *     characters
 * @param audit what is to be kept of it, in the transaction that does it
 */
public record OrderedBy(String actor, Consumer<Run> audit) {

  /** What the schedule does is told by the run itself. */
  static final OrderedBy SCHEDULE = new OrderedBy("schedule", run -> {});
}
