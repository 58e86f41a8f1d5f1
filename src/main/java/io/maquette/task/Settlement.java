package io.maquette.task;

import java.time.Instant;

/**
 * What a worker's step came to.
 *
 * @param claim the worker's hold on the task
 * @param accepted the submission it is the answer to; null if it is none
 * @param verb what becomes of the task; null if nothing does, it is put off as it is
 * @param next the submission that follows within this claim, whose row is written with it; null if
 *     none does
 * @param due when a task that is put off shall be looked at again; null for all others
 */
public record Settlement(Claim claim, Accepted accepted, Verb verb, NextCall next, Instant due) {

  /** What becomes of the task. */
  @FunctionalInterface
  interface Verb {

    /**
     * Changes the task.
     *
     * @param calls the submissions, for what is told of an earlier one
     */
    void on(Task task, CallRows calls, Change by);
  }

  Settlement(Claim claim, Accepted accepted, Verb verb, NextCall next) {
    this(claim, accepted, verb, next, null);
  }

  Settlement(Claim claim, Verb verb) {
    this(claim, null, verb, null, null);
  }

  /** Nothing but time becomes of the task. */
  static Settlement puttingOff(Claim claim, Instant due) {
    return new Settlement(claim, null, null, null, due);
  }

  boolean putsOff() {
    return verb == null;
  }
}
