package io.maquette.task;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A task that is longer in its status than it should be.
 *
 * @param task its id
 * @param status where it is
 * @param provider who is at work in that status, or would be
 * @param since when it came there
 * @param target how long it should be there at most
 * @param waitsFor why it still is, as far as can be told
 */
public record OverdueTask(
    UUID task,
    TaskStatus status,
    String provider,
    Instant since,
    Duration target,
    WaitReason waitsFor) {}
