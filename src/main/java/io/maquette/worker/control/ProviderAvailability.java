package io.maquette.worker.control;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.option.ModelOptions;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.Provider;
import io.maquette.provider.Providers;
import io.maquette.task.TaskClaim;
import io.maquette.task.queue.TaskQueue.ModelTarget;
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
 * Choice of the provider for new work, by the circuit breakers of the providers on this node; each
 * node has its own. The circuit breaker opens if a provider is busy, down, without credit or
 * retired. Its tasks then wait instead of failing one after the other. When the time is over, or an
 * operator requests it, the circuit breaker is half-open. It then permits one trial request for
 * each claim round, until one succeeds and closes it or one fails. A provider that an operator has
 * paused receives nothing from any node until it is resumed.
 */
@ApplicationScoped
public class ProviderAvailability {

  private static final Logger LOG = Logger.getLogger(ProviderAvailability.class.getName());

  /**
   * Model provider for new jobs.
   *
   * @param provider the provider
   * @param openJobs limit of open jobs over all nodes
   * @param onTrial whether the circuit breaker is half-open, so that only one task is claimed
   */
  public record ModelRoute(ModelProvider provider, int openJobs, boolean onTrial) {

    /** Returns the provider as a target of claims; see {@link ModelTarget}. */
    public ModelTarget target(int max, List<String> lists) {
      return new ModelTarget(provider.name(), openJobs, onTrial ? 1 : max, lists);
    }
  }

  /** Time until a paused provider is checked again. */
  private static final Duration PAUSE_LOOK = Duration.ofSeconds(2);

  /**
   * Number of tasks for which this node remembers the last problem that only an operator can solve.
   */
  private static final int REMEMBERED = 1_000;

  private final Map<String, ProviderOutage> outages = new ConcurrentHashMap<>();
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
   * Returns the names of the configured providers for pictures, edits and models. It reads only the
   * settings, because health checks and JMX run outside the application context, where no provider
   * can be created.
   */
  public List<String> providers() {
    return Stream.concat(
            Stream.of(settings.get(Setting.IMAGE_PROVIDER), settings.get(Setting.EDIT_PROVIDER)),
            settings.get(Setting.MODEL_PROVIDERS).stream())
        .distinct()
        .toList();
  }

  /**
   * Opens a provider's circuit breaker until the given time; the log has one line for each new
   * reason.
   */
  public void openBreaker(
      String provider, ProviderOutage.Reason reason, Instant until, String words) {
    Instant now = clock.instant();
    ProviderOutage before = outages.get(provider);
    boolean isKnown = before != null && before.reason() == reason;
    outages.put(provider, new ProviderOutage(reason, isKnown ? before.since() : now, until, words));
    if (isKnown && (reason.isForOperator() || before.words().equals(words))) {
      LOG.fine(() -> provider + " is still " + reason + "; a trial request follows after " + until);
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
      LOG.warning(
          () -> provider + " receives no tasks until " + until + ": " + reason + ", " + words);
    }
  }

  /**
   * Returns whether a problem for an operator is the task's own. That is so if the task met one
   * before and the provider has accepted another task since. The circuit breaker must also be
   * closed, so that no other task has failed.
   */
  public boolean isOwnProblemOf(TaskClaim claim, String provider) {
    Instant met = waitingForOperator.put(claim.taskId(), clock.instant());
    Instant success = lastSuccesses.get(provider);
    boolean isOwn =
        met != null && success != null && success.isAfter(met) && outage(provider).isEmpty();
    if (isOwn) {
      waitingForOperator.remove(claim.taskId());
    }
    return isOwn;
  }

  /** Records a success and closes the provider's circuit breaker. */
  public void recordSuccess(String provider) {
    lastSuccesses.put(provider, clock.instant());
    if (outages.remove(provider) != null) {
      LOG.info(() -> provider + " receives tasks again");
    }
  }

  /** Returns why the provider's circuit breaker is open or half-open; empty if it is closed. */
  public Optional<ProviderOutage> outage(String provider) {
    return pause(provider)
        .or(
            () ->
                unfetched.outage(
                    provider,
                    controls.of(provider).map(ProviderControl::probedAt).orElse(null),
                    clock.instant()))
        .or(() -> Optional.ofNullable(outages.get(provider)));
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

  /** Returns until when a provider's circuit breaker is open; empty if it permits a request. */
  public Optional<Instant> openUntil(String provider) {
    controls.refresh();
    unfetched.refresh();
    startTrial(provider);
    return outage(provider).map(ProviderOutage::until).filter(clock.instant()::isBefore);
  }

  /** Makes the circuit breaker half-open if an operator has requested a trial request. */
  private void startTrial(String provider) {
    Instant said = controls.of(provider).map(ProviderControl::probedAt).orElse(null);
    if (said != null && !said.equals(probes.put(provider, said))) {
      Instant now = clock.instant();
      outages.computeIfPresent(
          provider,
          (name, outage) ->
              new ProviderOutage(outage.reason(), outage.since(), now, outage.words()));
    }
  }

  /**
   * Returns when the deadlines of a claim start; time in which its provider was paused does not
   * count.
   *
   * @param provider provider that works on the claim
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

  /** Returns the name of the provider for pictures. */
  public String pictures() {
    return providers.images().name();
  }

  /** Returns the name of the provider for edits. */
  public String edits() {
    return settings.get(Setting.EDIT_PROVIDER);
  }

  /** Returns whether the settings also choose the provider for pictures or models. */
  public boolean makesMoreThanEdits(String provider) {
    return provider.equals(settings.get(Setting.IMAGE_PROVIDER))
        || settings.get(Setting.MODEL_PROVIDERS).contains(provider);
  }

  /** Returns how many picture tasks may be claimed now, at most {@code max}. */
  public int claimablePictures(int max) {
    String provider = pictures();
    if (openUntil(provider).isPresent()) {
      return 0;
    }
    return outage(provider).isPresent() ? 1 : max;
  }

  /**
   * Returns the provider for new model jobs; empty while they must wait.
   *
   * @param names providers that may make the models; empty for any. If the settings choose none of
   *     them any more, any provider may
   */
  public Optional<ModelRoute> routeForModels(List<String> names) {
    List<ModelProvider> all = providers.models();
    List<ModelProvider> allowed =
        all.stream().filter(provider -> names.contains(provider.name())).toList();
    for (ModelProvider provider : allowed.isEmpty() ? all : allowed) {
      if (openUntil(provider.name()).isEmpty()) {
        return Optional.of(route(provider));
      }
      if (!isGivenUp(provider.name())) {
        return Optional.empty(); // only busy, so tasks wait for the preferred provider
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the providers that may receive new jobs now, each with the tasks that it may have.
   *
   * @param lists lists of providers that the waiting tasks allow, as {@link ModelTarget} has them
   * @param max maximum number of tasks
   */
  public List<ModelTarget> targetsForModels(List<String> lists, int max) {
    Map<String, ModelTarget> targets = new LinkedHashMap<>();
    for (String list : lists) {
      routeForModels(ModelOptions.namesIn(list))
          .map(route -> route.target(max, List.of(list)))
          .ifPresent(target -> targets.merge(target.provider(), target, ModelTarget::and));
    }
    return List.copyOf(targets.values());
  }

  /**
   * Returns the fallback: the next available provider in the order of the settings that accepts the
   * options of a task.
   */
  public Optional<ModelRoute> nextAfter(String provider, ModelOptions options) {
    List<ModelProvider> all = providers.models();
    int place = all.stream().map(ModelProvider::name).toList().indexOf(provider);
    return all.stream()
        .skip(place + 1L)
        .filter(next -> options.mayBeMadeBy(next.name()))
        .filter(next -> next.capabilities().unsupported(options).isEmpty())
        .filter(next -> openUntil(next.name()).isEmpty())
        .findFirst()
        .map(this::route);
  }

  private ModelRoute route(ModelProvider provider) {
    return new ModelRoute(provider, openJobs(provider), outage(provider.name()).isPresent());
  }

  /** Returns a provider's limit of open jobs, over all nodes. */
  public int openJobs(ModelProvider provider) {
    return controls
        .of(provider.name())
        .flatMap(ProviderControl::openJobs)
        .or(() -> settings.get(Setting.MODEL_CONCURRENCY))
        .orElseGet(provider::openJobs);
  }

  /** Returns a provider's limit of requests per second, over all nodes; empty if unlimited. */
  Optional<Integer> requestsPerSecond(Provider provider) {
    return controls
        .of(provider.name())
        .flatMap(ProviderControl::requestsPerSecond)
        .or(() -> provider.requestsPerSecond().stream().boxed().findFirst());
  }

  /**
   * Limits of one configured provider, over all nodes.
   *
   * @param pictures whether it makes pictures
   * @param openJobs limit of open model jobs; null if it makes no models
   * @param requestsPerSecond limit of requests per second; null if unlimited
   */
  public record Limits(
      String provider, boolean pictures, Integer openJobs, Integer requestsPerSecond) {}

  /** Returns the operator settings of a provider; empty if there are none. */
  public Optional<ProviderControl> control(String provider) {
    return controls.of(provider);
  }

  /**
   * Returns the limits: picture provider first, then the others in the order of the settings. If
   * the picture provider also makes models, it is listed among the models.
   */
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

  /** Returns whether tasks no longer wait for the provider if another one can take over. */
  public boolean isGivenUp(String provider) {
    return outage(provider)
        .filter(
            outage ->
                outage.reason() != ProviderOutage.Reason.BUSY
                    || clock
                        .instant()
                        .isAfter(outage.since().plus(settings.get(Setting.MODEL_FALLBACK_AFTER))))
        .isPresent();
  }
}
