package io.maquette.task;

import java.time.Instant;

/**
 * The tasks of all users in a status that workers look at.
 *
 * @param depth how many there are
 * @param held how many of them a worker holds
 * @param unchangedSince when the longest unchanged of them last changed; null if there is none
 * @param firstDueAt when the first of them is due, which is the end of the lease for those held;
 *     null if there is none
 */
public record QueueState(long depth, long held, Instant unchangedSince, Instant firstDueAt) {}
