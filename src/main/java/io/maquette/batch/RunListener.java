package io.maquette.batch;

import jakarta.batch.api.listener.AbstractJobListener;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.context.JobContext;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Job listener that records the end of a run that does not reach its last step. */
@Named
@Dependent
public class RunListener extends AbstractJobListener {

  private static final Logger LOG = Logger.getLogger(RunListener.class.getName());
  private static final Set<BatchStatus> BY_THE_SERVER =
      Set.of(BatchStatus.STOPPING, BatchStatus.STOPPED);

  @Inject private JobContext job;
  @Inject private LocalRuns locals;
  @Inject private BatchRunService runs;

  @Override
  public void afterJob() {
    long id = LocalRuns.idOf(job);
    locals.find(id).ifPresent(this::end);
  }

  private void end(LocalRun run) {
    locals.remove(run);
    Throwable problem = run.problem();
    if (problem == null && BY_THE_SERVER.contains(job.getBatchStatus())) {
      runs.end(run, RunStatus.STOPPED, "the server stopped the run");
      return;
    }
    LOG.log(Level.WARNING, problem, () -> "Run " + run.id() + " of " + run.job().id() + " failed");
    runs.end(run, RunStatus.FAILED, wordsOf(problem));
  }

  /** Returns the message for operators: the application's own text, or a hint at the log. */
  static String wordsOf(Throwable problem) {
    Throwable cause = problem;
    while (cause instanceof EJBException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof JobFailedException) {
      return cause.getMessage();
    }
    return (cause == null ? "The server ended the run" : cause.getClass().getSimpleName())
        + "; see the log of its node";
  }
}
