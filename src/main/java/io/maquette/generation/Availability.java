package io.maquette.generation;

import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Which providers this node sends tasks to; other nodes find out for themselves. One that is busy,
 * down, without credit or retired is left alone, so that tasks wait where they are instead of
 * failing one after the other. When that time is over, it is on trial: whenever this node looks for
 * work, it takes a single task there, until one goes well and all go there, or one does not.
 */
@ApplicationScoped
public class Availability {

  private static final Logger LOG = Logger.getLogger(Availability.class.getName());

  /**
   * Where new model jobs go.
   *
   * @param provider who makes them
   * @param openJobs how many may be open there, over all nodes
   * @param onTrial whether only one is taken at a time, to see how that goes
   */
  record Lane(ModelProvider provider, int openJobs, boolean onTrial) {}

  private final Map<String, Closure> closures = new ConcurrentHashMap<>();
  private Providers providers;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected Availability() {}

  @Inject
  Availability(Providers providers, Settings settings, Clock clock) {
    this.providers = providers;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The names of the providers that the settings choose for pictures and models. They are not asked
   * themselves: health checks and JMX stand outside the application, where none could be made.
   */
  public List<String> providers() {
    return Stream.concat(
            Stream.of(settings.get(Setting.IMAGE_PROVIDER)),
            settings.get(Setting.MODEL_PROVIDERS).stream())
        .distinct()
        .toList();
  }

  /** Leaves a provider alone until then. */
  void close(String provider, Closure.Reason reason, Instant until, String words) {
    Instant now = clock.instant();
    closures.merge(
        provider,
        new Closure(reason, now, until, words),
        (before, closure) ->
            before.reason() == reason
                ? new Closure(reason, before.since(), until, words)
                : closure);
    LOG.warning(() -> provider + " is left alone until " + until + ": " + reason + ", " + words);
  }

  /** A provider has done what it was asked. */
  void works(String provider) {
    if (closures.remove(provider) != null) {
      LOG.info(() -> provider + " is in use again");
    }
  }

  /** Why it is left alone, or was until just now and has not proved itself since. */
  public Optional<Closure> closure(String provider) {
    return Optional.ofNullable(closures.get(provider));
  }

  /** Until when a provider is left alone; empty if it may be called. */
  Optional<Instant> closedUntil(String provider) {
    return closure(provider).map(Closure::until).filter(clock.instant()::isBefore);
  }

  /** Who makes the pictures. */
  String pictures() {
    return providers.images().name();
  }

  /** How many of so many picture tasks may be taken now. */
  int picturesNow(int max) {
    String provider = providers.images().name();
    if (closedUntil(provider).isPresent()) {
      return 0;
    }
    return closure(provider).isPresent() ? 1 : max;
  }

  /** Where new model jobs go now; empty while they had better wait. */
  Optional<Lane> laneForModels() {
    for (ModelProvider provider : providers.models()) {
      if (closedUntil(provider.name()).isEmpty()) {
        return Optional.of(lane(provider));
      }
      if (!isGivenUp(provider.name())) {
        return Optional.empty(); // it is only busy: waited for, as it is the one wished for
      }
    }
    return Optional.empty();
  }

  /** The next provider that may step in for one, in the order of the settings. */
  Optional<Lane> nextAfter(String provider) {
    List<ModelProvider> all = providers.models();
    int place = all.stream().map(ModelProvider::name).toList().indexOf(provider);
    return all.stream()
        .skip(place + 1L)
        .filter(next -> closedUntil(next.name()).isEmpty())
        .findFirst()
        .map(this::lane);
  }

  private Lane lane(ModelProvider provider) {
    return new Lane(provider, openJobs(provider), closure(provider.name()).isPresent());
  }

  /** How many jobs may be open at a provider, over all nodes. */
  int openJobs(ModelProvider provider) {
    return settings.get(Setting.MODEL_CONCURRENCY).orElse(provider.openJobs());
  }

  /** Whether tasks shall not wait for it any longer where another one can step in. */
  boolean isGivenUp(String provider) {
    return closure(provider)
        .filter(
            closure ->
                closure.reason() != Closure.Reason.BUSY
                    || clock
                        .instant()
                        .isAfter(closure.since().plus(settings.get(Setting.MODEL_FALLBACK_AFTER))))
        .isPresent();
  }
}
