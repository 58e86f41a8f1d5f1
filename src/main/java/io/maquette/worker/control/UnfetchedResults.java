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
 * Results that were paid for and could not be fetched, over all nodes, as this node knows them.
 * They keep further submissions from a provider, as their results could not be fetched either. The
 * database is asked at most once a second; while it is away, what was known holds.
 */
@ApplicationScoped
public class UnfetchedResults {

  private static final Logger LOG = Logger.getLogger(UnfetchedResults.class.getName());
  private static final Duration SHARED_FOR = Duration.ofSeconds(1);

  /** After this long the database is asked whether the results have been fetched. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** So many results that fail, each for a reason of its own, are no accident. */
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

  /** Asks again if what is known is older than a second. */
  void refresh() {
    refresh(SHARED_FOR);
  }

  /** Asks again, as a result was fetched or could not be. */
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
        throw e; // nothing may be paid for that cannot be fetched
      }
      LOG.log(Level.FINE, "What was known of results holds", e);
    }
  }

  /** All that are known. */
  List<UnfetchedResult> all() {
    return known;
  }

  /**
   * Why nothing may be submitted to a provider.
   *
   * @param probedAt when an operator last asked for a trial request; null if never
   */
  Optional<ProviderOutage> closure(String provider, Instant probedAt, Instant now) {
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
            "results that were paid for cannot be fetched: " + result.words()));
  }
}
