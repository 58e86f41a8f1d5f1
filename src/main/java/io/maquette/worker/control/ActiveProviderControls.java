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
 * What operators have said of providers, as this node knows it. It is asked for at most once a
 * second, by whoever is about to send something there; while the database is away, what was known
 * holds.
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

  /** Asks again if what is known is older than a second. */
  void refresh() {
    refresh(SHARED_FOR);
  }

  /** Asks again. */
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
        throw e; // nothing may be sent to one that is paused
      }
      LOG.log(Level.FINE, "What was known of providers holds", e);
    }
  }

  /** What was said of a provider, as far as it is known. */
  Optional<ProviderControl> of(String provider) {
    Map<String, ProviderControl> now = known;
    return now == null ? Optional.empty() : Optional.ofNullable(now.get(provider));
  }
}
