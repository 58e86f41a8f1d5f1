package io.maquette.admin;

import io.maquette.provider.Retirement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * State of a provider, as this node sees it.
 *
 * @param makes kind of results: {@code pictures}, {@code models} or both; {@code edits} for a
 *     provider of edits alone
 * @param state {@code IN_USE}, or the reason why this node sends no submissions, as in {@link
 *     io.maquette.worker.control.ProviderOutage.Reason}
 * @param since start of the outage or pause; null while in use
 * @param until time of the next trial request; null while in use or paused
 * @param words message of the provider, or reason of the operator who paused it; null while in use
 * @param paused whether an operator has paused the provider on all nodes
 * @param openJobs number of open provider jobs, over all nodes
 * @param openJobsLimit limit of open provider jobs; null for a provider without models
 * @param openJobsChanged whether an operator has set this limit
 * @param requestsPerSecond rate limit in requests per second; null for no limit
 * @param requestsPerSecondChanged whether an operator has set the rate limit
 * @param probedAt when an operator last requested a trial request; null for never
 * @param lastTrouble last failed submission; null if no recent one failed
 * @param retirements retirements that the provider has announced to this node since its start
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
    Trouble lastTrouble,
    List<Retirement> retirements) {

  /** State of a provider that is neither paused nor behind an open circuit breaker. */
  public static final String IN_USE = "IN_USE";

  /** Failed submission. */
  public record Trouble(UUID task, Instant at, String outcome, String problem, String words) {}
}
