package io.maquette.batch;

import jakarta.ejb.ApplicationException;
import java.util.List;

/** Rejection of a request to start, stop or restart a batch run. The transaction rolls back. */
@ApplicationException(rollback = true)
public abstract sealed class BatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private BatchException(String what) {
    super(what);
  }

  /** The prompt file cannot be imported; nothing was changed. */
  public static final class InvalidPromptFile extends BatchException {
    private static final long serialVersionUID = 1L;

    /** Maximum number of wrong lines in the message. */
    static final int MAX_LINES = 10;

    private final transient List<PromptFile.Entry> lines;

    InvalidPromptFile(String what, List<PromptFile.Entry> lines) {
      super(what);
      this.lines = List.copyOf(lines);
    }

    /** Returns the first wrong lines; empty if the file has another problem. */
    public List<PromptFile.Entry> lines() {
      return lines;
    }
  }

  /** A run of the job is active, and a job has one active run at most. */
  public static final class JobActive extends BatchException {
    private static final long serialVersionUID = 1L;

    private final long run;

    JobActive(BatchJobType job, long run) {
      super("run " + run + " of " + job.id() + " is active");
      this.run = run;
    }

    /** Returns the id of the active run. */
    public long run() {
      return run;
    }
  }

  /** The run does not exist, or is no longer kept. */
  public static final class RunNotFound extends BatchException {
    private static final long serialVersionUID = 1L;

    RunNotFound(long run) {
      super("no run " + run);
    }
  }

  /** The run's status forbids the action. */
  public static final class WrongStatus extends BatchException {
    private static final long serialVersionUID = 1L;

    private final RunStatus status;

    WrongStatus(Run run) {
      super("run " + run.id() + " is " + run.status());
      this.status = run.status();
    }

    /** Returns the present status. */
    public RunStatus status() {
      return status;
    }
  }
}
