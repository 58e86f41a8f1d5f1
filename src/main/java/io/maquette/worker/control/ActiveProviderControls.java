package io.maquette.worker.control;

import io.maquette.task.submission.ProviderControl;
import io.maquette.task.submission.ProviderControls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Operator settings of providers, cached on this node. A caller that is about to submit refreshes
 * them, at most once a second. While the database is unavailable, the cached values stay in use.
 */
@ApplicationScoped
public class ActiveProviderControls {

  private static final Logger LOG = Logger.getLogger(ActiveProviderControls.class.getName());
  private static final Duration SHARED_FOR = Duration.ofSeconds(1);

  private Supplier<List<ProviderControl>> source;
  private volatile Map<String, ProviderControl> known;
  private long readAt;

  /** For CDI. */
  protected ActiveProviderControls() {}

  @Inject
  ActiveProviderControls(ProviderControls controls) {
    this(controls::all);
  }

  public ActiveProviderControls(Supplier<List<ProviderControl>> source) {
    this.source = source;
  }

  /** Reads the settings again if the cached ones are older than one second. */
  void refresh() {
    refresh(SHARED_FOR);
  }

  /** Reads the settings again. */
  void refreshNow() {
    refresh(Duration.ZERO);
  }

  private synchronized void refresh(Duration age) {
    long now = System.nanoTime();
    if (known != null && now - readAt < age.toNanos()) {
      return;
    }
    readAt = now;
    try {
      known =
          source.get().stream()
              .collect(Collectors.toMap(ProviderControl::provider, Function.identity()));
    } catch (RuntimeException e) {
      if (known == null) {
        throw e; // without values, a paused provider might receive requests
      }
      LOG.log(
          Level.FINE, "The database did not answer; the cached provider settings stay in use", e);
    }
  }

  /** Returns the cached settings of a provider; empty if there are none. */
  Optional<ProviderControl> of(String provider) {
    Map<String, ProviderControl> now = known;
    return now == null ? Optional.empty() : Optional.ofNullable(now.get(provider));
  }
}
