package io.maquette.batch;

import java.time.Instant;

/** A run that this node has: what its steps need to know, and what they tell each other. */
public final class LocalRun {

  private final long id;
  private final long fence;
  private final BatchJobType job;
  private final RunParameters parameters;
  private final String actor;
  private final Instant createdAt;
  private volatile boolean stopWished;
  private volatile boolean cutShort;
  private volatile Throwable problem;

  LocalRun(Run run) {
    id = run.id();
    fence = run.fence();
    job = run.job();
    parameters = run.parameters();
    actor = run.startedBy();
    createdAt = run.createdAt();
  }

  public long id() {
    return id;
  }

  long fence() {
    return fence;
  }

  BatchJobType job() {
    return job;
  }

  public RunParameters parameters() {
    return parameters;
  }

  /** Who started it, as histories say. */
  public String actor() {
    return actor;
  }

  public Instant createdAt() {
    return createdAt;
  }

  void wishStop() {
    stopWished = true;
  }

  /** Whether it shall end before the next item; if so, it has not come to its end. */
  boolean isCutShort() {
    cutShort |= stopWished;
    return cutShort;
  }

  /** Whether a step ended before its last item. */
  boolean wasCutShort() {
    return cutShort;
  }

  void fail(Throwable why) {
    if (problem == null) {
      problem = why;
    }
  }

  /** Why it cannot go on; null if it can. */
  Throwable problem() {
    return problem;
  }
}
