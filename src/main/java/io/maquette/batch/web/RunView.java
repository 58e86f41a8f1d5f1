package io.maquette.batch.web;

import io.maquette.batch.Run;
import io.maquette.batch.RunStatus;
import java.time.Instant;
import java.util.Map;

/**
 * Batch run in JSON.
 *
 * @param parameters parameters of the run
 * @param startedBy {@code operator:<account>} or {@code schedule}
 * @param node node that owns the run, or owned it last
 * @param total number of items; null if unknown
 * @param read number of completed items
 * @param written number of items with a change
 * @param skipped number of skipped items
 * @param lines number of lines of the report
 * @param problem why the run ended early; null if it did not
 * @param restartable whether the run can continue at its checkpoint
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
