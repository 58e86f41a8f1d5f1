package io.maquette.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The jobs there are. Each is described in {@code META-INF/batch-jobs} under its id. */
public enum BatchJobType {
  /** A file of prompts becomes tasks of an owner. */
  IMPORT(100, "prompts"),
  /** Tasks that failed are tried again. */
  REDRIVE(Long.MAX_VALUE, "failures"),
  /** Finished tasks that have not changed for long go, and then the rows that tell they went. */
  RETENTION(Long.MAX_VALUE, "finished-tasks", "deletions"),
  /** Every file is compared with its digest; what is missing is fetched again or reported. */
  VERIFY_ASSETS(100, "file-rows", "stored-files"),
  /** Time in each state per day and provider. */
  DWELL_REPORT(0, "days");

  private final long skipLimit;

  @SuppressWarnings("ImmutableEnumChecker") // it is a copy
  private final List<String> steps;

  BatchJobType(long skipLimit, String... steps) {
    this.skipLimit = skipLimit;
    this.steps = List.of(steps);
  }

  /** Its name in addresses, settings and the server's batch runtime. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The job of an id. */
  public static Optional<BatchJobType> of(String id) {
    return Arrays.stream(values()).filter(job -> job.id().equals(id)).findFirst();
  }

  /**
   * With more skipped items than these a run fails, unless it is started with another limit: that
   * many lines a file may have wrong, and where more files cannot be read the store is not well. Of
   * tasks that have moved on meanwhile there may be any number.
   */
  public long skipLimit() {
    return skipLimit;
  }

  List<String> steps() {
    return steps;
  }

  /** The place of a step, named as its {@link BatchStep}, in the order they are done. */
  int indexOf(String step) {
    int index = steps.indexOf(step);
    if (index < 0) {
      throw new IllegalArgumentException(id() + " has no step " + step);
    }
    return index;
  }
}
