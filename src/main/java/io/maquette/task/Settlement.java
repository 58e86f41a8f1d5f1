package io.maquette.task;

/**
 * What a worker's step came to.
 *
 * @param claim the worker's hold on the task
 * @param call the submission it is the answer to; null if it is none
 * @param verb what becomes of the task
 * @param next the submission that follows within this claim, whose row is written with it; null if
 *     none does
 */
record Settlement(Claim claim, Long call, Verb verb, NextCall next) {

  /** What becomes of the task. */
  @FunctionalInterface
  interface Verb {

    /**
     * Changes the task.
     *
     * @param calls the submissions, to be completed
     */
    void on(Task task, CallRows calls, Change by);
  }

  Settlement(Claim claim, Verb verb) {
    this(claim, null, verb, null);
  }
}
