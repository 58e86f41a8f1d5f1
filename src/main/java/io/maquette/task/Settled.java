package io.maquette.task;

import java.time.Instant;

/**
 * What came of a settlement.
 *
 * @param applied whether it was; if not, the task had moved on since it was claimed
 * @param status of the task then; null if not applied
 * @param due when a worker shall look at the task next; null if none shall, or this one holds it
 * @param call number of the row written for the submission that follows; null if none does
 */
record Settled(boolean applied, TaskStatus status, Instant due, Long call) {

  static final Settled REFUSED = new Settled(false, null, null, null);
}
