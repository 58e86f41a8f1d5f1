package io.maquette.provider.tencent;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.Cancellation;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.OutageException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultFile;
import io.maquette.provider.Submission;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.RequiredKey;
import io.maquette.provider.http.RestClients;
import io.maquette.provider.http.ResultFiles;
import io.maquette.provider.tencent.TencentAnswer.Content;
import io.maquette.provider.tencent.TencentAnswer.File;
import io.maquette.storage.Downloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Model provider for Tencent Hunyuan 3D; it translates between Tencent's interface and the port.
 */
@ApplicationScoped
@Named("tencent")
public class TencentModelProvider implements ModelProvider {

  /**
   * Tencent's object storage, which has the results in the examples of its documentation
   * (cloud.tencent.com/document/api/1804/123448, 127686); the region in a host's name varies.
   */
  private static final List<String> DOCUMENTED_HOSTS = List.of(".tencentcos.cn", ".myqcloud.com");

  /** Ids that fit into the database with the tier as a prefix; Tencent's ids have 19 digits. */
  private static final String JOB_ID = "[!-~]{1,150}";

  private Calls calls;
  private TencentClient client;
  private Settings settings;
  private ResultFiles results;

  /** For CDI. */
  protected TencentModelProvider() {}

  @Produces
  static TencentClient client(RestClients clients, Settings settings, Clock clock) {
    return clients.make(
        TencentClient.class,
        "tencent",
        settings.get(ProviderSetting.TENCENT_URL),
        ProviderSetting.TENCENT_URL,
        new Tc3Signing(settings, clock));
  }

  @Inject
  TencentModelProvider(TencentClient client, Settings settings, Downloads downloads) {
    this.client = client;
    this.settings = settings;
    calls =
        new Calls(this, TencentProblems::ofSubmission, TencentProblems::ofQuestion)
            .to(ProviderSetting.TENCENT_URL, settings);
    results =
        new ResultFiles(downloads, DOCUMENTED_HOSTS, settings.get(ProviderSetting.TENCENT_URL));
  }

  @Override
  public void check() {
    require(ProviderSetting.TENCENT_SECRET_ID);
    require(ProviderSetting.TENCENT_SECRET_KEY);
  }

  private void require(Setting<String> setting) {
    RequiredKey.check(settings.get(setting), setting, Setting.MODEL_PROVIDERS, name());
  }

  @Override
  public int openJobs() {
    return tier().openJobs();
  }

  /** Returns the limit that is documented per action; all calls together stay below it. */
  @Override
  public OptionalInt requestsPerSecond() {
    return OptionalInt.of(20);
  }

  private Tier tier() {
    return Tier.of(settings.get(ProviderSetting.TENCENT_TIER));
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public Submission submit(ModelRequest request) throws ProviderException {
    Tier tier = tier();
    SubmitJob job =
        new SubmitJob(
            Base64.getEncoder().encodeToString(request.picture().content()), tier.resultFormat());
    Content content = calls.submit(() -> client.submit(tier.submitAction(), job)).content();
    if (content == null) {
      throw ProviderException.of(Problem.OUTCOME_UNKNOWN, "the answer has no Response");
    }
    if (content.error() != null) {
      throw TencentProblems.ofSubmission(content);
    }
    if (content.jobId() == null || !content.jobId().matches(JOB_ID)) {
      throw ProviderException.of(
          Problem.OUTCOME_UNKNOWN, "the answer has no usable JobId" + content.inWords());
    }
    return new Submission(tier.idOf(content.jobId()), content.requestId());
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    Tier tier = Tier.ofJob(jobId).orElseThrow(() -> new JobLostException(jobId));
    QueryJob job = new QueryJob(tier.jobIdOf(jobId));
    Content content = calls.ask(() -> client.query(tier.queryAction(), job)).content();
    if (content == null) {
      throw ProviderException.of(Problem.UNAVAILABLE, "the answer has no Response");
    }
    if (content.error() != null) {
      throw TencentProblems.ofQuestion(content, jobId);
    }
    if (TencentProblems.isLost(content.errorCode())) {
      throw new JobLostException(jobId);
    }
    return switch (Objects.requireNonNullElse(content.status(), "")) {
      case "WAIT" -> JobState.waiting();
      case "RUN" -> JobState.running();
      case "DONE" -> done(content);
      case "FAIL" -> JobState.failed(TencentProblems.ofJob(content));
      default ->
          throw ProviderException.of(
              Problem.UNAVAILABLE, "the answer has no known Status" + content.inWords());
    };
  }

  private JobState done(Content content) {
    List<File> files =
        content.files() == null
            ? List.of()
            : content.files().stream()
                .filter(file -> file != null && ResultFiles.isPresent(file.url()))
                .sorted(Comparator.comparing(file -> !"GLB".equalsIgnoreCase(file.type())))
                .toList();
    if (files.isEmpty()) {
      return JobState.failed(
          ProviderException.of(Problem.UNAVAILABLE, "finished without a file" + content.inWords()));
    }
    ResultFile preview =
        files.stream()
            .map(File::previewUrl)
            .filter(ResultFiles::isPresent)
            .findFirst()
            .map(results::picture)
            .orElse(null);
    List<String> addresses = files.stream().map(File::url).toList();
    return JobState.done(() -> results.openModel(addresses), preview, content.credits());
  }

  /** Returns that a job cannot be stopped, because Tencent has no such action. */
  @Override
  public Cancellation cancel(String jobId) {
    return Cancellation.CANNOT_STOP;
  }
}
