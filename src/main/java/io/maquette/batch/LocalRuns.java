package io.maquette.batch;

import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs that execute on this node. */
@ApplicationScoped
public class LocalRuns {

  /** Job property with the id of the run. */
  static final String ID = "run";

  private final Map<Long, LocalRun> runs = new ConcurrentHashMap<>();

  /**
   * Returns the run of an execution in the server's batch runtime.
   *
   * @throws JobFailedException.StaleRun if this node does not own the run, for example when a
   *     server restarts a job by itself
   */
  LocalRun of(JobContext job) {
    long id = idOf(job);
    return find(id).orElseThrow(() -> new JobFailedException.StaleRun(id));
  }

  static long idOf(JobContext job) {
    return Long.parseLong(job.getProperties().getProperty(ID));
  }

  LocalRun add(Run run) {
    LocalRun local = new LocalRun(run);
    runs.put(local.id(), local);
    return local;
  }

  Optional<LocalRun> find(long id) {
    return Optional.ofNullable(runs.get(id));
  }

  void remove(LocalRun run) {
    runs.remove(run.id(), run);
  }

  List<LocalRun> all() {
    return List.copyOf(runs.values());
  }
}
