package io.maquette.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs that execute on this node. */
@ApplicationScoped
public class LocalRuns {

  private final Map<Long, LocalRun> runs = new ConcurrentHashMap<>();

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
