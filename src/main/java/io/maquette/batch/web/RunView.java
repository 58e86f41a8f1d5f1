package io.maquette.batch.web;

import io.maquette.batch.Run;
import io.maquette.batch.RunStatus;
import java.time.Instant;
import java.util.Map;

/**
 * A run of a job.
 *
 * @param parameters what it was started with
 * @param startedBy {@code operator:<account>} or {@code schedule}
 * @param node the node that has it, or had it last
 * @param total how many items there are; null where that cannot be told
 * @param read items that are done with
 * @param written items for which something was done
 * @param skipped items that could not be done
 * @param lines how many lines its report has
 * @param problem why it ended before its end; null if it did not
 * @param restartable whether it may go on from where it was
 */
public record RunView(
    long id,
    String job,
    RunStatus status,
    Map<String, String> parameters,
    String startedBy,
    String node,
    Long total,
    long read,
    long written,
    long skipped,
    long lines,
    String problem,
    boolean restartable,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt) {
  static RunView of(Run run) {
    return new RunView(
        run.id(),
        run.job().id(),
        run.status(),
        run.parameters().values(),
        run.startedBy(),
        run.node(),
        run.total(),
        run.read(),
        run.written(),
        run.skipped(),
        run.lines(),
        run.problem(),
        run.status().isRestartable(),
        run.createdAt(),
        run.startedAt(),
        run.endedAt());
  }
}
