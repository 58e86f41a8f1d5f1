package io.maquette.provider.dashscope;

import io.maquette.asset.Downloads;
import io.maquette.platform.ProviderSetting;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Named;
import io.maquette.provider.OutageException;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.wire.Calls;
import io.maquette.provider.wire.Circuit;
import io.maquette.provider.wire.Deadline;
import io.maquette.provider.wire.RequiredKey;
import io.maquette.provider.wire.RestClients;
import io.maquette.provider.wire.ResultPictures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Pictures from DashScope, 1024 x 1024: a task is handed in and asked for until it has ended. A
 * question that is not answered is put again.
 *
 * <p>A task not done in time, or not waited for any more, is cancelled. If DashScope takes that,
 * the task still queued and costs nothing: UNAVAILABLE, to be tried again. If not, it is running,
 * and will end and be charged for without us: OUTCOME_UNKNOWN.
 *
 * <p>A submission whose answer is lost is not looked for. The list of tasks ({@code GET
 * /api/v1/tasks}) is that of the whole account, with all its keys and applications, and of a task
 * it tells the model and the times, but not the prompt, nor anything else we sent. With several
 * pictures at once, of this node or another, ours cannot be told from them, and taking a wrong one
 * would show somebody else's picture. So it stays OUTCOME_UNKNOWN.
 */
@ApplicationScoped
@Named("dashscope")
public class DashScopeImageProvider implements ImageProvider {

  /** Where results lie (Wan text-to-image V2 API reference, network access). */
  static final List<String> RESULT_HOSTS =
      List.of(
          "dashscope-result-bj.oss-cn-beijing.aliyuncs.com",
          "dashscope-result-hz.oss-cn-hangzhou.aliyuncs.com",
          "dashscope-result-sh.oss-cn-shanghai.aliyuncs.com",
          "dashscope-result-wlcb.oss-cn-wulanchabu.aliyuncs.com",
          "dashscope-result-zjk.oss-cn-zhangjiakou.aliyuncs.com",
          "dashscope-result-sz.oss-cn-shenzhen.aliyuncs.com",
          "dashscope-result-hy.oss-cn-heyuan.aliyuncs.com",
          "dashscope-result-cd.oss-cn-chengdu.aliyuncs.com",
          "dashscope-result-gz.oss-cn-guangzhou.aliyuncs.com",
          "dashscope-result-wlcb-acdr-1.oss-cn-wulanchabu-acdr-1.aliyuncs.com");

  private static final Logger LOG = Logger.getLogger(DashScopeImageProvider.class.getName());
  private static final String SIZE = "1024*1024";
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LATER_PAUSE = Duration.ofSeconds(2);

  /** Kept of a picture's time for fetching or cancelling it; a quarter if that is less. */
  private static final Duration LAST_CALL = Duration.ofSeconds(10);

  private DashScopeClient client;
  private String key;
  private String model;
  private Duration firstPause;
  private Duration laterPause;
  private DashScopeProblems problems;
  private Calls calls;
  private ResultPictures pictures;

  /** For CDI. */
  protected DashScopeImageProvider() {}

  @Produces
  static DashScopeClient client(RestClients clients, Settings settings) {
    return clients.make(
        DashScopeClient.class, "dashscope", settings.get(ProviderSetting.DASHSCOPE_URL));
  }

  @Inject
  DashScopeImageProvider(DashScopeClient client, Settings settings, Downloads downloads) {
    this(client, settings, downloads, FIRST_PAUSE, LATER_PAUSE);
  }

  DashScopeImageProvider(
      DashScopeClient client,
      Settings settings,
      Downloads downloads,
      Duration firstPause,
      Duration laterPause) {
    this.client = client;
    this.firstPause = firstPause;
    this.laterPause = laterPause;
    key = settings.get(ProviderSetting.DASHSCOPE_KEY);
    model = settings.get(ProviderSetting.DASHSCOPE_MODEL);
    problems = new DashScopeProblems(key);
    calls = new Calls(problems::ofSubmission, problems::ofQuestion);
    pictures = new ResultPictures(downloads, RESULT_HOSTS);
  }

  @Override
  public void check() {
    RequiredKey.check(key, ProviderSetting.DASHSCOPE_KEY, Setting.IMAGE_PROVIDER, name());
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = Circuit.SUBMISSIONS,
      failureRatio = Circuit.FAILURES,
      delay = Circuit.PAUSE,
      delayUnit = ChronoUnit.SECONDS)
  public Picture generate(ImageRequest request) throws ProviderException {
    Deadline deadline = Deadline.after(request.timeout());
    String task = submit(request.prompt());
    Duration quarter = request.timeout().dividedBy(4);
    Duration lastCall = quarter.compareTo(LAST_CALL) < 0 ? quarter : LAST_CALL;
    return pictures.at(addressIn(succeeded(task, deadline, lastCall)), deadline);
  }

  private String submit(String prompt) throws ProviderException {
    DashScopeClient.TaskAnswer answer =
        calls.submit(
            () ->
                client.submit(
                    authorization(),
                    "enable",
                    new DashScopeClient.Synthesis(
                        model,
                        new DashScopeClient.Input(prompt),
                        new DashScopeClient.Parameters(SIZE, 1))));
    String task = answer.output() == null ? null : answer.output().taskId();
    if (task == null || task.isBlank()) {
      throw answer.code() == null
          ? ProviderException.of(Problem.OUTCOME_UNKNOWN, "the answer has no task id")
          : problems.ofFailure(answer.code(), answer.message());
    }
    return task;
  }

  private DashScopeClient.Output succeeded(String task, Deadline deadline, Duration lastCall)
      throws ProviderException {
    Duration pause = firstPause;
    while (deadline.left().minus(lastCall).compareTo(pause) > 0) {
      try {
        Thread.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        ProviderException stopped = givenUp(task, "stopped while waiting");
        Thread.currentThread().interrupt(); // only now, as it would break the last call
        throw stopped;
      }
      DashScopeClient.Output output = ask(task);
      if (output != null && output.taskStatus() != null) {
        switch (output.taskStatus()) {
          case "SUCCEEDED" -> {
            return output;
          }
          case "FAILED" -> throw problems.ofFailure(output.code(), output.message());
          case "CANCELED" ->
              throw ProviderException.of(Problem.UNAVAILABLE, "task " + task + " was cancelled");
          default -> {} // it waits or runs, or is not known yet
        }
      }
      pause = laterPause;
    }
    throw givenUp(task, "not done in time");
  }

  /** What is said of a task; null if it was not told this time. */
  private DashScopeClient.Output ask(String task) {
    try {
      return calls.ask(() -> client.task(authorization(), task)).output();
    } catch (ProviderException e) {
      LOG.log(Level.FINE, () -> "Not told of task " + task + ": " + e.getMessage());
      return null;
    }
  }

  private ProviderException givenUp(String task, String why) {
    try {
      DashScopeClient.TaskAnswer answer = calls.ask(() -> client.cancel(authorization(), task));
      if (answer.code() == null) {
        return ProviderException.of(Problem.UNAVAILABLE, why + ", and cancelled while it queued");
      }
    } catch (ProviderException e) {
      LOG.log(Level.FINE, () -> "Task " + task + " not cancelled: " + e.getMessage());
    }
    return ProviderException.of(Problem.OUTCOME_UNKNOWN, why + "; task " + task + " may go on");
  }

  private String addressIn(DashScopeClient.Output output) throws ProviderException {
    List<DashScopeClient.Result> results = output.results();
    DashScopeClient.Result result = results == null || results.isEmpty() ? null : results.get(0);
    if (result != null && result.url() != null) {
      return result.url();
    }
    throw result != null && result.code() != null
        ? problems.ofFailure(result.code(), result.message())
        : ProviderException.of(Problem.OUTCOME_UNKNOWN, "the task has no picture");
  }

  private String authorization() {
    return "Bearer " + key;
  }
}
