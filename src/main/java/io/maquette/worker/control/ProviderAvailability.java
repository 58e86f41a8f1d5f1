package io.maquette.worker.control;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.Provider;
import io.maquette.provider.Providers;
import io.maquette.task.TaskClaim;
import io.maquette.task.submission.ProviderControl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Which providers this node sends tasks to; other nodes find out for themselves. One that is busy,
 * down, without credit or retired is left alone, so that tasks wait where they are instead of
 * failing one after the other. When that time is over, or an operator says so, it is on trial:
 * whenever this node looks for work, it takes a single task there, until one goes well and all go
 * there, or one does not. One that an operator has paused is left alone by all nodes until it is
 * resumed.
 */
@ApplicationScoped
public class ProviderAvailability {

  private static final Logger LOG = Logger.getLogger(ProviderAvailability.class.getName());

  /**
   * Where new model jobs go.
   *
   * @param provider who makes them
   * @param openJobs how many may be open there, over all nodes
   * @param onTrial whether only one is taken at a time, to see how that goes
   */
  public record Lane(ModelProvider provider, int openJobs, boolean onTrial) {}

  /** How long a paused provider is left alone before it is asked whether it still is paused. */
  private static final Duration PAUSE_LOOK = Duration.ofSeconds(2);

  /** Of how many tasks this node remembers when they last met a problem for an operator. */
  private static final int REMEMBERED = 1_000;

  private final Map<String, ProviderOutage> closures = new ConcurrentHashMap<>();
  private final Map<String, Instant> probes = new ConcurrentHashMap<>();
  private final Map<String, Instant> lastSuccesses = new ConcurrentHashMap<>();
  private final Map<UUID, Instant> waitingForOperator =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Instant> eldest) {
              return size() > REMEMBERED;
            }
          });
  private Providers providers;
  private ActiveProviderControls controls;
  private UnfetchedResults unfetched;
  private Settings settings;
  private Clock clock;

  /** For CDI. */
  protected ProviderAvailability() {}

  public ProviderAvailability(
      Providers providers, ActiveProviderControls controls, Settings settings, Clock clock) {
    this(providers, controls, new UnfetchedResults(List::of), settings, clock);
  }

  @Inject
  public ProviderAvailability(
      Providers providers,
      ActiveProviderControls controls,
      UnfetchedResults unfetched,
      Settings settings,
      Clock clock) {
    this.providers = providers;
    this.controls = controls;
    this.unfetched = unfetched;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The names of the providers that the settings choose for pictures, edits and models. They are
   * not asked themselves: health checks and JMX stand outside the application, where none could be
   * made.
   */
  public List<String> providers() {
    return Stream.concat(
            Stream.of(settings.get(Setting.IMAGE_PROVIDER), settings.get(Setting.EDIT_PROVIDER)),
            settings.get(Setting.MODEL_PROVIDERS).stream())
        .distinct()
        .toList();
  }

  /** Leaves a provider alone until then; the log has one line for each new reason. */
  public void close(String provider, ProviderOutage.Reason reason, Instant until, String words) {
    Instant now = clock.instant();
    ProviderOutage before = closures.get(provider);
    boolean isKnown = before != null && before.reason() == reason;
    closures.put(
        provider, new ProviderOutage(reason, isKnown ? before.since() : now, until, words));
    if (isKnown && (reason.isForOperator() || before.words().equals(words))) {
      LOG.fine(() -> provider + " is still " + reason + ", tried again after " + until);
    } else if (reason.isForOperator()) {
      LOG.severe(
          () ->
              provider
                  + " needs an operator: "
                  + reason
                  + ", "
                  + words.replaceFirst("[.。\\s]+$", "")
                  + ". Its tasks wait; one of them tries again after "
                  + until);
    } else {
      LOG.warning(() -> provider + " gets no tasks until " + until + ": " + reason + ", " + words);
    }
  }

  /**
   * Whether a problem for an operator is the task's own: the task met one before, the provider has
   * taken another task since, and its circuit breaker is closed, so that no other task has failed.
   */
  public boolean isOfTask(TaskClaim claim, String provider) {
    Instant met = waitingForOperator.put(claim.taskId(), clock.instant());
    Instant success = lastSuccesses.get(provider);
    boolean isOwn =
        met != null && success != null && success.isAfter(met) && closure(provider).isEmpty();
    if (isOwn) {
      waitingForOperator.remove(claim.taskId());
    }
    return isOwn;
  }

  /** A provider has done what it was asked. */
  public void works(String provider) {
    lastSuccesses.put(provider, clock.instant());
    if (closures.remove(provider) != null) {
      LOG.info(() -> provider + " is in use again");
    }
  }

  /** Why it is left alone, or was until just now and has not proved itself since. */
  public Optional<ProviderOutage> closure(String provider) {
    return pause(provider)
        .or(
            () ->
                unfetched.closure(
                    provider,
                    controls.of(provider).map(ProviderControl::probedAt).orElse(null),
                    clock.instant()))
        .or(() -> Optional.ofNullable(closures.get(provider)));
  }

  private Optional<ProviderOutage> pause(String provider) {
    return controls
        .of(provider)
        .filter(ProviderControl::isPaused)
        .map(
            control ->
                new ProviderOutage(
                    ProviderOutage.Reason.PAUSED,
                    control.pausedAt(),
                    clock.instant().plus(PAUSE_LOOK),
                    "by " + control.pausedBy() + ": " + control.pauseReason()));
  }

  /** Until when a provider is left alone; empty if it may be called. */
  public Optional<Instant> closedUntil(String provider) {
    controls.refresh();
    unfetched.refresh();
    heedProbe(provider);
    return closure(provider).map(ProviderOutage::until).filter(clock.instant()::isBefore);
  }

  /** An operator says that it shall be tried again: it is on trial from now on. */
  private void heedProbe(String provider) {
    Instant said = controls.of(provider).map(ProviderControl::probedAt).orElse(null);
    if (said != null && !said.equals(probes.put(provider, said))) {
      Instant now = clock.instant();
      closures.computeIfPresent(
          provider,
          (name, closure) ->
              new ProviderOutage(closure.reason(), closure.since(), now, closure.words()));
    }
  }

  /**
   * From when on the deadlines of a claim count: not while its provider was paused.
   *
   * @param provider who is at it
   */
  public Instant countsFrom(TaskClaim claim, String provider) {
    Optional<ProviderControl> control = controls.of(provider);
    if (control.filter(ProviderControl::isPaused).isPresent()) {
      return clock.instant();
    }
    return control
        .flatMap(ProviderControl::resumedAt)
        .filter(claim.startedAt()::isBefore)
        .orElse(claim.startedAt());
  }

  /** Who makes the pictures. */
  public String pictures() {
    return providers.images().name();
  }

  /** Who changes pictures. */
  public String edits() {
    return settings.get(Setting.EDIT_PROVIDER);
  }

  /** Whether the settings choose a provider for pictures or models, too. */
  public boolean makesMoreThanEdits(String provider) {
    return provider.equals(settings.get(Setting.IMAGE_PROVIDER))
        || settings.get(Setting.MODEL_PROVIDERS).contains(provider);
  }

  /** How many of so many picture tasks may be taken now. */
  public int picturesNow(int max) {
    String provider = pictures();
    if (closedUntil(provider).isPresent()) {
      return 0;
    }
    return closure(provider).isPresent() ? 1 : max;
  }

  /** Where new model jobs go now; empty while they had better wait. */
  public Optional<Lane> laneForModels() {
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
  public Optional<Lane> nextAfter(String provider) {
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
  public int openJobs(ModelProvider provider) {
    return controls
        .of(provider.name())
        .flatMap(ProviderControl::openJobs)
        .or(() -> settings.get(Setting.MODEL_CONCURRENCY))
        .orElseGet(provider::openJobs);
  }

  /** How many calls a provider may get each second, over all nodes; empty if as many as wished. */
  Optional<Integer> requestsPerSecond(Provider provider) {
    return controls
        .of(provider.name())
        .flatMap(ProviderControl::requestsPerSecond)
        .or(() -> provider.requestsPerSecond().stream().boxed().findFirst());
  }

  /**
   * What the providers that the settings choose may be asked for, over all nodes.
   *
   * @param pictures whether it makes pictures
   * @param openJobs how many model jobs may be open there; null if it makes no models
   * @param requestsPerSecond null if as many as wished
   */
  public record Limits(
      String provider, boolean pictures, Integer openJobs, Integer requestsPerSecond) {}

  /** What operators have said of a provider; empty if nothing. */
  public Optional<ProviderControl> said(String provider) {
    return controls.of(provider);
  }

  /** Those limits, the one who makes pictures first, then the others in the settings' order. */
  public List<Limits> limits() {
    controls.refreshNow();
    Provider images = providers.images();
    Provider editor = providers.editor();
    List<ModelProvider> models = providers.models();
    List<Limits> limits = new ArrayList<>();
    if (models.stream().noneMatch(model -> model.name().equals(images.name()))) {
      limits.add(new Limits(images.name(), true, null, requestsPerSecond(images).orElse(null)));
    }
    if (!editor.name().equals(images.name())
        && models.stream().noneMatch(model -> model.name().equals(editor.name()))) {
      limits.add(new Limits(editor.name(), false, null, requestsPerSecond(editor).orElse(null)));
    }
    for (ModelProvider model : models) {
      limits.add(
          new Limits(
              model.name(),
              model.name().equals(images.name()),
              openJobs(model),
              requestsPerSecond(model).orElse(null)));
    }
    return limits;
  }

  /** Whether tasks shall not wait for it any longer where another one can step in. */
  public boolean isGivenUp(String provider) {
    return closure(provider)
        .filter(
            closure ->
                closure.reason() != ProviderOutage.Reason.BUSY
                    || clock
                        .instant()
                        .isAfter(closure.since().plus(settings.get(Setting.MODEL_FALLBACK_AFTER))))
        .isPresent();
  }
}
