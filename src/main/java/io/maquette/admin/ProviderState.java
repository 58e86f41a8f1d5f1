package io.maquette.admin;

import java.time.Instant;
import java.util.UUID;

/**
 * How this installation stands with a provider.
 *
 * @param makes what: {@code pictures}, {@code models} or both; {@code edits} where it does nothing
 *     else
 * @param state {@code IN_USE}, or why this node leaves it alone, as in {@link
 *     io.maquette.worker.control.ProviderOutage.Reason}
 * @param since when that began; null while it is in use
 * @param until when it is tried again; null while it is in use or paused
 * @param words its own, or those of who paused it; null while it is in use
 * @param paused whether an operator has paused it, on all nodes
 * @param openJobs model jobs open there, over all nodes
 * @param openJobsLimit how many may be; null if it makes no models
 * @param openJobsChanged whether an operator said how many
 * @param requestsPerSecond how often it may be called; null if as often as wished
 * @param requestsPerSecondChanged whether an operator said how often
 * @param probedAt when an operator last said to try it again; null if none did
 * @param lastTrouble the last submission that did not go well; null if none of late
 */
public record ProviderState(
    String name,
    String makes,
    String state,
    Instant since,
    Instant until,
    String words,
    boolean paused,
    long openJobs,
    Integer openJobsLimit,
    boolean openJobsChanged,
    Integer requestsPerSecond,
    boolean requestsPerSecondChanged,
    Instant probedAt,
    Trouble lastTrouble) {

  /** While it is neither paused nor left alone. */
  public static final String IN_USE = "IN_USE";

  /** A submission that did not go well. */
  public record Trouble(UUID task, Instant at, String outcome, String problem, String words) {}
}
