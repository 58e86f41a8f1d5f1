package io.maquette.worker;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What one worker of this node is doing.
 *
 * @param name {@code pictures}, {@code model-submitter} or {@code model-poller}
 * @param hands how many steps it does at once
 * @param busy how many it is doing
 * @param lastRoundAt when it last looked for work; null before the first time
 * @param lastTrouble why it could not look the last time; null if it could
 * @param work what it is doing, longest first, at most {@link #MAX_WORK}
 */
public record WorkerStatus(
    String name, int hands, int busy, Instant lastRoundAt, String lastTrouble, List<Work> work) {

  static final int MAX_WORK = 100;

  /** A step on a task. */
  public record Work(UUID taskId, Instant since) {}
}
