package io.maquette.batch;

import java.time.Instant;

/** Run that executes on this node: data for its steps, and signals between them. */
public final class LocalRun {

  private final long id;
  private final long fence;
  private final BatchJobType job;
  private final RunParameters parameters;
  private final String actor;
  private final Instant createdAt;
  private volatile boolean stopRequested;
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

  /** Returns the actor that started the run, as task histories name it. */
  public String actor() {
    return actor;
  }

  public Instant createdAt() {
    return createdAt;
  }

  void requestStop() {
    stopRequested = true;
  }

  /** Returns whether the run must end before its next item; the run then counts as incomplete. */
  boolean isCutShort() {
    cutShort |= stopRequested;
    return cutShort;
  }

  /** Returns whether a step ended before its last item. */
  boolean wasCutShort() {
    return cutShort;
  }

  void fail(Throwable why) {
    if (problem == null) {
      problem = why;
    }
  }

  /** Returns why the run cannot continue; null if it can. */
  Throwable problem() {
    return problem;
  }
}
