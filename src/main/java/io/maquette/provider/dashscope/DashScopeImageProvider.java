package io.maquette.provider.dashscope;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.option.ImageOptions;
import io.maquette.provider.Deadline;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageCapabilities;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Named;
import io.maquette.provider.OutageException;
import io.maquette.provider.Pacing;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultAddress;
import io.maquette.provider.ResultNotFetchedException;
import io.maquette.provider.http.BaseAddress;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.RequiredKey;
import io.maquette.provider.http.RestClients;
import io.maquette.provider.http.ResultPictures;
import io.maquette.storage.Downloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Image provider for DashScope. It submits a task and queries it until it ends; a failed query is
 * repeated. Newer models (Wan 2.6 and later, Qwen-Image, Z-Image) draw within one call instead,
 * which cannot be cancelled or looked up ({@link DashScopeSyncClient}).
 *
 * <p>A task that misses its deadline, or is no longer needed, is cancelled. If DashScope accepts
 * that, the task was still queued and costs nothing: UNAVAILABLE, which is retried. Otherwise the
 * task runs to its end and is charged: OUTCOME_UNKNOWN.
 *
 * <p>If the answer to a submission is lost, the task is searched in the account's task list ({@code
 * GET /api/v1/tasks}). That list contains only models and times. The response about a succeeded
 * task contains its prompt, which identifies the task.
 */
@ApplicationScoped
@Named("dashscope")
public class DashScopeImageProvider implements ImageProvider {

  /**
   * Hosts of results. The ten hosts of the Wan text-to-image V2 API reference (network access)
   * match the first pattern. Singapore has {@code
   * dashscope-result-sgp.oss-ap-southeast-1.aliyuncs.com}. Answers also contained {@code
   * dashscope-result-sh.oss-accelerate.aliyuncs.com} and {@code
   * dashscope-a717.oss-accelerate.aliyuncs.com}. The list grows with each region, so it consists of
   * patterns. A stranger could register a bucket with such a name. Files are fetched from it only
   * if DashScope's own answer names it, by https, without a key, and only pictures are accepted.
   */
  static final List<String> RESULT_HOSTS =
      List.of(
          "dashscope-result-*.oss-*.aliyuncs.com",
          "dashscope-*.oss-accelerate.aliyuncs.com",
          "dashscope-*.oss-accelerate-overseas.aliyuncs.com");

  /** Validity of addresses and ids (Wan text-to-image V2 API reference). */
  private static final Duration LIFETIME = Duration.ofHours(24);

  private static final Logger LOG = Logger.getLogger(DashScopeImageProvider.class.getName());

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LATER_PAUSE = Duration.ofSeconds(2);

  /**
   * Part of a picture's time that is reserved for the download or the cancellation; a quarter of
   * the time if that is less.
   */
  private static final Duration LAST_CALL = Duration.ofSeconds(10);

  /**
   * Tolerance for the difference of the clocks, and for the time DashScope takes to create a task.
   */
  private static final Duration ABOUT = Duration.ofMinutes(2);

  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELED");
  private static final Set<String> MAY_SUCCEED = Set.of("PENDING", "RUNNING", "SUCCEEDED");

  private static final int PAGE = 50;

  /** Maximum number of pages, enough for a thousand tasks a day; later pages are ignored. */
  private static final int MAX_PAGES = 20;

  private DashScopeClient client;
  private DashScopeSyncClient syncClient;
  private String key;
  private String model;
  private String size;
  private Duration firstPause;
  private Duration laterPause;
  private DashScopeProblems problems;
  private Calls calls;
  private ResultPictures pictures;
  private Pacing pacing;

  /** For CDI. */
  protected DashScopeImageProvider() {}

  @Produces
  static DashScopeClient client(RestClients clients, Settings settings) {
    return clients.make(
        DashScopeClient.class, "dashscope", address(settings), ProviderSetting.DASHSCOPE_MODEL);
  }

  @Produces
  static DashScopeSyncClient syncClient(RestClients clients, Settings settings) {
    return clients.makeWaiting(
        DashScopeSyncClient.class,
        "dashscope-sync",
        address(settings),
        settings,
        ProviderSetting.DASHSCOPE_MODEL);
  }

  /**
   * Returns the base address, also if the setting contains the path of one of Model Studio's
   * interfaces.
   */
  private static URI address(Settings settings) {
    return BaseAddress.plain(
        settings.get(ProviderSetting.DASHSCOPE_URL),
        "api/v1(/services/.*|/tasks)?",
        "compatible-mode(/v1)?");
  }

  /** Returns the picture size; {@code auto} becomes a size that the model supports. */
  private static String size(Settings settings) {
    String size = settings.get(ProviderSetting.DASHSCOPE_SIZE);
    if (size.equals("auto")) {
      String model = settings.get(ProviderSetting.DASHSCOPE_MODEL);
      size = DashScopeModels.capabilities(model).sizes().get("1:1");
    }
    return size.replace('x', '*');
  }

  @Inject
  DashScopeImageProvider(
      DashScopeClient client,
      DashScopeSyncClient syncClient,
      Settings settings,
      Downloads downloads,
      Pacing pacing) {
    this(client, syncClient, settings, downloads, pacing, FIRST_PAUSE, LATER_PAUSE);
  }

  DashScopeImageProvider(
      DashScopeClient client,
      DashScopeSyncClient syncClient,
      Settings settings,
      Downloads downloads,
      Pacing pacing,
      Duration firstPause,
      Duration laterPause) {
    this.client = client;
    this.syncClient = syncClient;
    this.pacing = pacing;
    this.firstPause = firstPause;
    this.laterPause = laterPause;
    key = settings.get(ProviderSetting.DASHSCOPE_KEY);
    model = settings.get(ProviderSetting.DASHSCOPE_MODEL);
    size = size(settings);
    problems = new DashScopeProblems(key);
    calls =
        new Calls(this, problems::ofSubmission, problems::ofQuestion)
            .to(ProviderSetting.DASHSCOPE_URL, settings);
    pictures = new ResultPictures(downloads, RESULT_HOSTS, address(settings));
  }

  @Override
  public ImageCapabilities capabilities() {
    return DashScopeModels.capabilities(model);
  }

  @Override
  public void check() {
    RequiredKey.check(key, ProviderSetting.DASHSCOPE_KEY, Setting.IMAGE_PROVIDER, name());
  }

  /** Returns the limit for all task calls together (Asynchronous task management API). */
  @Override
  public OptionalInt requestsPerSecond() {
    return OptionalInt.of(20);
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public GeneratedPicture generate(ImageRequest request) throws ProviderException {
    Deadline deadline = Deadline.after(request.timeout());
    if (isSynchronous()) {
      return generateAtOnce(request, deadline);
    }
    DashScopeClient.TaskAnswer submitted = submit(request);
    String task = submitted.output().taskId();
    DashScopeClient.Output output = succeeded(task, deadline, lastCall(request));
    ResultAddress address =
        new ResultAddress(addressIn(output), LIFETIME, task, submitted.requestId());
    return new GeneratedPicture(
        pictures.ofAddress(address, request.paid(), deadline), task, submitted.requestId());
  }

  private boolean isSynchronous() {
    return DashScopeModels.isSynchronous(model);
  }

  private GeneratedPicture generateAtOnce(ImageRequest request, Deadline deadline)
      throws ProviderException {
    ImageOptions options = request.options();
    DashScopeSyncClient.Message message =
        new DashScopeSyncClient.Message(
            "user", List.of(new DashScopeSyncClient.Content(request.prompt(), null)));
    DashScopeSyncClient.Generated answer =
        calls.submit(
            () ->
                syncClient.generate(
                    authorization(),
                    new DashScopeSyncClient.Generation(
                        model,
                        new DashScopeSyncClient.Input(List.of(message)),
                        new DashScopeSyncClient.Parameters(
                            sizeFor(options),
                            1,
                            options.negativePrompt().orElse(null),
                            options.seed().orElse(null)))));
    String address = pictureIn(answer);
    if (address == null) {
      throw answer.code() == null
          ? new ProviderException(Problem.OUTCOME_UNKNOWN, "the answer has no picture")
          : problems.ofFailure(answer.code(), answer.message());
    }
    ResultAddress result = new ResultAddress(address, LIFETIME, null, answer.requestId());
    return new GeneratedPicture(
        pictures.ofAddress(result, request.paid(), deadline), null, answer.requestId());
  }

  /** Returns the first picture of an answer; some models add text. */
  private static String pictureIn(DashScopeSyncClient.Generated answer) {
    if (answer.output() == null || answer.output().choices() == null) {
      return null;
    }
    return answer.output().choices().stream()
        .filter(choice -> choice != null && choice.message() != null)
        .map(choice -> choice.message().content())
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .filter(part -> part != null && part.image() != null && !part.image().isBlank())
        .map(DashScopeSyncClient.Content::image)
        .findFirst()
        .orElse(null);
  }

  private String sizeFor(ImageOptions options) {
    return capabilities().sizeFor(options).map(wanted -> wanted.replace('x', '*')).orElse(size);
  }

  private static Duration lastCall(ImageRequest request) {
    Duration quarter = request.timeout().dividedBy(4);
    return quarter.compareTo(LAST_CALL) < 0 ? quarter : LAST_CALL;
  }

  private DashScopeClient.TaskAnswer submit(ImageRequest request) throws ProviderException {
    ImageOptions options = request.options();
    DashScopeClient.TaskAnswer answer =
        calls.submit(
            () ->
                client.submit(
                    authorization(),
                    "enable",
                    new DashScopeClient.Synthesis(
                        model,
                        new DashScopeClient.Input(
                            request.prompt(), options.negativePrompt().orElse(null)),
                        new DashScopeClient.Parameters(
                            sizeFor(options), 1, options.seed().orElse(null)))));
    String task = answer.output() == null ? null : answer.output().taskId();
    if (task == null || task.isBlank()) {
      throw answer.code() == null
          ? ProviderException.of(Problem.OUTCOME_UNKNOWN, "the answer has no task id")
          : problems.ofFailure(answer.code(), answer.message());
    }
    return answer;
  }

  private DashScopeClient.Output succeeded(String task, Deadline deadline, Duration lastCall)
      throws ProviderException {
    DashScopeClient.Output output;
    try {
      output = ended(task, firstPause, deadline, lastCall);
    } catch (InterruptedException e) {
      ProviderException stopped = givenUp(task, "interrupted while waiting");
      // only now, because an interrupt would abort the cancellation
      Thread.currentThread().interrupt();
      throw stopped;
    }
    if (output == null) {
      throw givenUp(task, "not finished within the deadline");
    }
    return switch (output.taskStatus()) {
      case "SUCCEEDED" -> output;
      case "FAILED" -> throw problems.ofFailure(output.code(), output.message());
      default -> throw ProviderException.of(Problem.UNAVAILABLE, "task " + task + " was cancelled");
    };
  }

  /** Queries a task until it has ended; returns null if it has not ended in time. */
  private DashScopeClient.Output ended(
      String task, Duration firstWait, Deadline deadline, Duration lastCall)
      throws InterruptedException {
    Duration pause = firstWait;
    while (deadline.left().minus(lastCall).compareTo(pause) > 0) {
      Thread.sleep(pause.toMillis());
      DashScopeClient.Output output = ask(task);
      if (output != null && ENDS.contains(String.valueOf(output.taskStatus()))) {
        return output;
      }
      pause = laterPause; // it is queued, running or not known yet
    }
    return null;
  }

  /** Queries a task; returns null if the query failed. */
  private DashScopeClient.Output ask(String task) {
    if (!pacing.awaitTurn(this)) {
      return null;
    }
    try {
      return calls.ask(() -> client.task(authorization(), task)).output();
    } catch (ProviderException e) {
      LOG.log(Level.FINE, () -> "The status of task " + task + " is unknown: " + e.getMessage());
      return null;
    }
  }

  private ProviderException givenUp(String task, String why) {
    pacing.awaitTurn(this); // the task is cancelled even if the rate limit allows no call
    try {
      DashScopeClient.TaskAnswer answer = calls.ask(() -> client.cancel(authorization(), task));
      if (answer.code() == null) {
        return ProviderException.of(Problem.UNAVAILABLE, why + ", and cancelled while it queued");
      }
    } catch (ProviderException e) {
      LOG.log(Level.FINE, () -> "Task " + task + " was not cancelled: " + e.getMessage());
    }
    return ProviderException.of(Problem.OUTCOME_UNKNOWN, why + "; task " + task + " may continue");
  }

  private String addressIn(DashScopeClient.Output output) throws ProviderException {
    DashScopeClient.Result result = resultOf(output);
    if (result != null && result.url() != null) {
      return result.url();
    }
    throw result != null && result.code() != null
        ? problems.ofFailure(result.code(), result.message())
        : ProviderException.of(Problem.OUTCOME_UNKNOWN, "the task has no picture");
  }

  private static DashScopeClient.Result resultOf(DashScopeClient.Output output) {
    List<DashScopeClient.Result> results = output.results();
    return results == null || results.isEmpty() ? null : results.get(0);
  }

  @Override
  public Picture fetch(String url, Duration timeout) throws ResultNotFetchedException {
    return pictures.at(url, Deadline.after(timeout));
  }

  @Override
  public Optional<GeneratedPicture> find(
      ImageRequest request, Instant submittedAt, Predicate<String> isKnown)
      throws ProviderException {
    if (isSynchronous()) {
      return Optional.empty(); // the list contains only tasks of the asynchronous interface
    }
    Deadline deadline = Deadline.after(request.timeout());
    for (DashScopeClient.Listed task : createdAbout(submittedAt)) {
      if (isKnown.test(task.taskId())) {
        continue;
      }
      DashScopeClient.Output output = ended(task.taskId(), deadline, lastCall(request));
      DashScopeClient.Result result = resultOf(output);
      if (result != null && result.url() != null && request.prompt().equals(result.prompt())) {
        ResultAddress address =
            new ResultAddress(result.url(), LIFETIME, task.taskId(), task.requestId());
        return Optional.of(
            new GeneratedPicture(
                pictures.ofAddress(address, request.paid(), deadline),
                task.taskId(),
                task.requestId()));
      }
    }
    return Optional.empty();
  }

  /**
   * Waits for the end of a task that may be of this submission. It is never cancelled, because it
   * may belong to another one.
   */
  private DashScopeClient.Output ended(String task, Deadline deadline, Duration lastCall)
      throws ProviderException {
    DashScopeClient.Output output = null;
    try {
      output = ended(task, Duration.ZERO, deadline, lastCall);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (output == null) {
      throw ProviderException.of(
          Problem.UNAVAILABLE,
          "task " + task + ", which may be the lost submission, has not ended");
    }
    return output;
  }

  private List<DashScopeClient.Listed> createdAbout(Instant submittedAt) throws ProviderException {
    List<DashScopeClient.Listed> found = new ArrayList<>();
    int pages = 1;
    for (int page = 1; page <= Math.min(pages, MAX_PAGES); page++) {
      DashScopeClient.TaskPage list = page(page);
      pages = list.pages();
      if (list.data() != null) {
        list.data().stream()
            .filter(task -> task != null && task.taskId() != null)
            .filter(task -> MAY_SUCCEED.contains(String.valueOf(task.status())))
            .filter(task -> isAbout(Instant.ofEpochMilli(task.createdAt()), submittedAt))
            .forEach(found::add);
      }
    }
    return found;
  }

  private DashScopeClient.TaskPage page(int number) throws ProviderException {
    if (!pacing.awaitTurn(this)) {
      throw ProviderException.of(
          Problem.UNAVAILABLE, "the rate limit did not permit a request for the list of tasks");
    }
    return calls.ask(() -> client.tasks(authorization(), model, number, PAGE));
  }

  private static boolean isAbout(Instant createdAt, Instant submittedAt) {
    return Duration.between(submittedAt, createdAt).abs().compareTo(ABOUT) <= 0;
  }

  private String authorization() {
    return "Bearer " + key;
  }
}
