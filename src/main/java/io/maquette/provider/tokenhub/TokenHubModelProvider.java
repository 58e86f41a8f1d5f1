package io.maquette.provider.tokenhub;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.CostBasis;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelCapabilities;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.OutageException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultFile;
import io.maquette.provider.Submission;
import io.maquette.provider.http.BaseAddress;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.RequiredKey;
import io.maquette.provider.http.RestClients;
import io.maquette.provider.http.ResultFiles;
import io.maquette.storage.Downloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/** Model provider for TokenHub; it translates between TokenHub's interface and the port. */
@ApplicationScoped
@Named("tokenhub")
public class TokenHubModelProvider implements ModelProvider {

  /**
   * Tencent's object storage, which has the results of the same models in the examples of
   * cloud.tencent.com/document/api/1804/123448; the region in a host's name varies.
   */
  private static final List<String> DOCUMENTED_HOSTS = List.of(".tencentcos.cn", ".myqcloud.com");

  /** Ids that fit into the database with the model as a prefix; TokenHub's ids have 19 digits. */
  private static final String JOB_ID = "[!-~]{1,90}";

  /** The model that makes one format only; the others make OBJ and GLB. */
  private static final String EXPRESS = "hy-3d-express";

  private TokenHubClient client;
  private Settings settings;
  private ResultFiles results;
  private TokenHubProblems problems;

  /** For CDI. */
  protected TokenHubModelProvider() {}

  @Produces
  static TokenHubClient client(RestClients clients, Settings settings) {
    return clients.make(
        TokenHubClient.class, "tokenhub", address(settings), ProviderSetting.TOKENHUB_MODEL);
  }

  private static URI address(Settings settings) {
    return BaseAddress.versioned(
        settings.get(ProviderSetting.TOKENHUB_URL), "api/3d(/(submit|query))?", "chat/completions");
  }

  @Inject
  TokenHubModelProvider(TokenHubClient client, Settings settings, Downloads downloads) {
    this.client = client;
    this.settings = settings;
    results = new ResultFiles(downloads, DOCUMENTED_HOSTS, address(settings));
    problems = new TokenHubProblems(settings.get(ProviderSetting.TOKENHUB_KEY));
  }

  /**
   * Returns the options of the model (1823/137181 and 137175, read 2026-11-30). The express model
   * has no choice of faces. TokenHub accepts no seed.
   */
  @Override
  public ModelCapabilities capabilities() {
    boolean isExpress = model().equals(EXPRESS);
    return new ModelCapabilities(
        ModelCapabilities.Inputs.PICTURE,
        isExpress
            ? ModelCapabilities.Mesh.plain("glb")
            : ModelCapabilities.Mesh.ofFaces(3_000, 1_500_000, "glb", "obj"),
        new ModelCapabilities.Surface(!isExpress, true),
        Optional.empty(),
        List.of(),
        CostBasis.CREDITS_PER_JOB);
  }

  @Override
  public void check() {
    RequiredKey.check(
        settings.get(ProviderSetting.TOKENHUB_KEY),
        ProviderSetting.TOKENHUB_KEY,
        Setting.MODEL_PROVIDERS,
        name());
  }

  /**
   * Returns the documented limit of the model: 1 for the express model (1823/137175), else 3
   * (1823/137181).
   */
  @Override
  public int openJobs() {
    return model().equals(EXPRESS) ? 1 : 3;
  }

  private String model() {
    return settings.get(ProviderSetting.TOKENHUB_MODEL);
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public Submission submit(ModelRequest request) throws ProviderException {
    ModelOptions options = request.options();
    TokenHubClient.NewJob newJob =
        new TokenHubClient.NewJob(
            model(),
            Base64.getEncoder().encodeToString(request.picture().content()),
            model().equals(EXPRESS) ? "glb" : null,
            options.pbr().orElse(null),
            options.faces().orElse(null),
            options.texture().map(wanted -> wanted ? "Normal" : "Geometry").orElse(null));
    TokenHubJob job = callsAbout(null).submit(() -> client.submit(authorization(), newJob));
    if (job.id() == null && job.error() != null) {
      throw problems.of(job.error(), job.requestId());
    }
    if (job.id() == null || !job.id().matches(JOB_ID)) {
      throw ProviderException.of(
          Problem.OUTCOME_UNKNOWN, "the answer has no usable id" + job.inWords());
    }
    return new Submission(model() + ":" + job.id(), job.requestId());
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    int colon = jobId.indexOf(':');
    if (colon < 0) {
      throw new JobLostException(jobId);
    }
    TokenHubClient.JobQuery query =
        new TokenHubClient.JobQuery(jobId.substring(0, colon), jobId.substring(colon + 1));
    TokenHubJob job = callsAbout(jobId).ask(() -> client.query(authorization(), query));
    if (job.error() != null && TokenHubProblems.isLost(job.error().code())) {
      throw new JobLostException(jobId);
    }
    return switch (Objects.requireNonNullElse(job.status(), "")) {
      case "queued" -> JobState.waiting();
      case "in_progress" -> JobState.running();
      case "completed" -> done(job);
      case "failed" -> JobState.failed(problems.of(job.error(), job.requestId()));
      default ->
          throw ProviderException.of(
              Problem.UNAVAILABLE, "the answer has no status we know" + job.inWords());
    };
  }

  private JobState done(TokenHubJob job) {
    List<TokenHubJob.File> files =
        Stream.ofNullable(job.files())
            .flatMap(List::stream)
            .filter(file -> file != null && ResultFiles.isPresent(file.url()))
            .sorted(Comparator.comparing(file -> !"glb".equalsIgnoreCase(file.type())))
            .toList();
    if (files.isEmpty()) {
      return JobState.failed(
          ProviderException.of(Problem.UNAVAILABLE, "completed without a file" + job.inWords()));
    }
    ResultFile preview =
        files.stream()
            .map(TokenHubJob.File::previewUrl)
            .filter(ResultFiles::isPresent)
            .findFirst()
            .map(results::picture)
            .orElse(null);
    List<String> addresses = files.stream().map(TokenHubJob.File::url).toList();
    return JobState.done(() -> results.openModel(addresses), preview, null);
  }

  /** Returns that a job cannot be stopped, because TokenHub has no such function. */
  @Override
  public Cancellation cancel(String jobId) {
    return Cancellation.CANNOT_STOP;
  }

  /** Returns the calls about a job; null for a job that is not submitted yet. */
  private Calls callsAbout(String jobId) {
    return new Calls(this, problems::ofSubmission, answer -> problems.ofQuestion(answer, jobId))
        .to(ProviderSetting.TOKENHUB_URL, settings);
  }

  private String authorization() {
    return "Bearer " + settings.get(ProviderSetting.TOKENHUB_KEY);
  }
}
