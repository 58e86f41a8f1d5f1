package io.maquette.worker.control;

import io.maquette.storage.ResultFetchException.Reason;
import io.maquette.task.submission.PaidResults;
import io.maquette.task.submission.UnfetchedResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Paid results of all nodes that could not be fetched, cached on this node. They stop further
 * submissions to their provider, whose results could not be fetched either. The database is read at
 * most once a second; while it is unavailable, the cached values stay in use.
 */
@ApplicationScoped
public class UnfetchedResults {

  private static final Logger LOG = Logger.getLogger(UnfetchedResults.class.getName());
  private static final Duration SHARED_FOR = Duration.ofSeconds(1);

  /** Time until the node checks again whether the results have been fetched. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** Number of wanted results with separate fetch problems that opens the circuit breaker. */
  private static final int TOO_MANY = 3;

  private final Map<String, Instant> since = new ConcurrentHashMap<>();
  private Supplier<List<UnfetchedResult>> source;
  private volatile List<UnfetchedResult> known = List.of();
  private boolean isRead;
  private long readAt;

  /** For CDI. */
  protected UnfetchedResults() {}

  @Inject
  UnfetchedResults(PaidResults results) {
    this(results::unfetched);
  }

  public UnfetchedResults(Supplier<List<UnfetchedResult>> source) {
    this.source = source;
  }

  /** Reads the results again if the cached ones are older than one second. */
  void refresh() {
    refresh(SHARED_FOR);
  }

  /** Reads the results again, because one was fetched or a fetch failed. */
  public void refreshNow() {
    refresh(Duration.ZERO);
  }

  private synchronized void refresh(Duration age) {
    long now = System.nanoTime();
    if (isRead && now - readAt < age.toNanos()) {
      return;
    }
    readAt = now;
    try {
      known = List.copyOf(source.get());
      isRead = true;
    } catch (RuntimeException e) {
      if (!isRead) {
        throw e; // without values, results might be ordered that cannot be fetched
      }
      LOG.log(Level.FINE, "The database did not answer; the cached results stay in use", e);
    }
  }

  /** Returns all cached results. */
  List<UnfetchedResult> all() {
    return known;
  }

  /**
   * Returns why nothing may be submitted to a provider.
   *
   * @param probedAt when an operator last requested a trial request; null if never
   */
  Optional<ProviderOutage> outage(String provider, Instant probedAt, Instant now) {
    List<UnfetchedResult> results =
        known.stream().filter(result -> result.provider().equals(provider)).toList();
    Optional<UnfetchedResult> worst =
        results.stream()
            .filter(result -> Reason.valueOf(result.problem()).isForAll())
            .findFirst()
            .or(
                () ->
                    results.stream().filter(UnfetchedResult::isWanted).count() >= TOO_MANY
                        ? results.stream().findFirst()
                        : Optional.empty());
    if (worst.isEmpty()) {
      since.remove(provider);
      return Optional.empty();
    }
    UnfetchedResult result = worst.get();
    Instant began = since.computeIfAbsent(provider, name -> result.failedAt());
    boolean isProbed = probedAt != null && probedAt.isAfter(result.failedAt());
    return Optional.of(
        new ProviderOutage(
            ProviderOutage.Reason.UNFETCHED,
            began,
            isProbed ? now : now.plus(LOOK),
            "paid results cannot be fetched: " + result.words()));
  }
}
