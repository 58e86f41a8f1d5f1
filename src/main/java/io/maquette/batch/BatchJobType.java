package io.maquette.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Batch jobs. The file {@code META-INF/batch-jobs/<id>.xml} defines each job. */
public enum BatchJobType {
  /** Creates one task per line of a prompt file, for one owner. */
  IMPORT(100, "prompts"),
  /** Retries failed tasks. */
  REDRIVE(Long.MAX_VALUE, "failures"),
  /** Deletes old finished tasks, and later the records of their deletion. */
  RETENTION(Long.MAX_VALUE, "finished-tasks", "deletions"),
  /** Compares every file with its digest; lost files are fetched again or reported. */
  VERIFY_ASSETS(100, "file-rows", "stored-files"),
  /** Computes the time in status per day and provider. */
  DWELL_REPORT(0, "days");

  private final long skipLimit;

  @SuppressWarnings("ImmutableEnumChecker") // the list is an immutable copy
  private final List<String> steps;

  BatchJobType(long skipLimit, String... steps) {
    this.skipLimit = skipLimit;
    this.steps = List.of(steps);
  }

  /** Returns the job's name in addresses, settings and the server's batch runtime. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Finds the job of an id. */
  public static Optional<BatchJobType> of(String id) {
    return Arrays.stream(values()).filter(job -> job.id().equals(id)).findFirst();
  }

  /**
   * Returns the default skip limit: a run with more skipped items fails. An import permits 100
   * wrong lines. A check of files stops after 100 unreadable files, because the store itself is
   * then faulty. A redrive or retention may skip any number of tasks that changed meanwhile.
   */
  public long skipLimit() {
    return skipLimit;
  }

  List<String> steps() {
    return steps;
  }

  /** Returns the index of a step, named as its {@link BatchStep}, in the order of execution. */
  int indexOf(String step) {
    int index = steps.indexOf(step);
    if (index < 0) {
      throw new IllegalArgumentException(id() + " has no step " + step);
    }
    return index;
  }
}
