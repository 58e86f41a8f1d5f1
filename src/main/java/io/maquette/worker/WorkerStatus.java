package io.maquette.worker;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Status of one worker of this node.
 *
 * @param name {@code pictures}, {@code edits}, {@code model-submitter} or {@code model-poller}
 * @param hands number of threads, that is, of steps at the same time
 * @param busy number of steps that are running
 * @param lastRoundAt when it last looked for work; null before the first time
 * @param lastTrouble why the last round failed; null if it succeeded
 * @param work running steps, longest first, at most {@link #MAX_WORK}
 */
public record WorkerStatus(
    String name, int hands, int busy, Instant lastRoundAt, String lastTrouble, List<Work> work) {

  static final int MAX_WORK = 100;

  /** Running step on a task. */
  public record Work(UUID taskId, Instant since) {}
}
