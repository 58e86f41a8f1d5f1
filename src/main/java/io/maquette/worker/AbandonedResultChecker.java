package io.maquette.worker;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.JobState;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.ResultNotFetchedException;
import io.maquette.storage.ResultFetchException;
import io.maquette.storage.ResultFetchException.Reason;
import io.maquette.task.submission.PaidResults;
import io.maquette.task.submission.UnfetchedResult;
import io.maquette.worker.control.UnfetchedResults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Recheck of results that could not be fetched and whose tasks were cancelled, deleted or failed.
 * Fetching them costs nothing and shows whether results of their provider can be fetched. While the
 * provider does not even answer, nothing is submitted to it.
 */
@ApplicationScoped
public class AbandonedResultChecker {

  private static final Logger LOG = Logger.getLogger(AbandonedResultChecker.class.getName());

  /** Time between a failed attempt and the next one. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private PaidResults results;
  private UnfetchedResults unfetched;
  private Providers providers;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected AbandonedResultChecker() {}

  @Inject
  AbandonedResultChecker(
      PaidResults results,
      UnfetchedResults unfetched,
      Providers providers,
      Settings settings,
      Clock clock) {
    this.results = results;
    this.unfetched = unfetched;
    this.providers = providers;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Fetches the due results one after the other, for each provider only until one fails. The others
   * would probably fail too, and each may take long. An expired result is dropped, because it does
   * not show whether current results can be fetched.
   */
  void recheck() {
    results.forgetUnwanted();
    Set<String> failing = new HashSet<>();
    for (UnfetchedResult result : results.unfetched()) {
      Instant now = clock.instant();
      if (result.isWanted()) {
        continue;
      }
      if (!now.isBefore(result.expiresAt())) {
        results.fetched(result.call());
      } else if (result.failedAt().plus(PAUSE).isBefore(now)
          && !failing.contains(result.provider())
          && !isFetchable(result)) {
        failing.add(result.provider());
      }
    }
    unfetched.refreshNow();
  }

  /** Returns whether the result no longer speaks against its provider; then its row is deleted. */
  private boolean isFetchable(UnfetchedResult result) {
    Reason failure = Reason.valueOf(result.problem());
    String words = result.words();
    if (failure.isForAll()) {
      try {
        failure = null;
        attempt(result);
      } catch (ResultFetchException e) {
        failure = e.reason();
        words = e.getMessage();
      } catch (ResultNotFetchedException e) {
        failure = e.reason();
        words = e.getMessage();
      } catch (ProviderException | IOException | RuntimeException e) {
        LOG.log(
            Level.FINE,
            "The provider no longer knows the result of submission " + result.call(),
            e);
      }
    }
    if (failure == null || !failure.isForAll()) {
      results.fetched(result.call());
      return true;
    }
    results.failed(result.call(), failure.name(), words);
    return false;
  }

  private void attempt(UnfetchedResult result) throws ProviderException, IOException {
    if (result.address() != null) {
      providers
          .pictures(result.provider())
          .fetch(result.address(), settings.get(Setting.IMAGE_DEADLINE));
      return;
    }
    JobState state = providers.model(result.provider()).query(result.jobId());
    if (state.phase() == JobState.Phase.DONE) {
      try (InputStream content = state.result().open()) {
        content.read(); // one byte is enough to show that the file can be fetched
      }
    }
  }
}
