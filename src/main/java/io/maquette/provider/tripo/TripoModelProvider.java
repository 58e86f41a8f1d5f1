package io.maquette.provider.tripo;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.CostBasis;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelCapabilities;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.NumberRange;
import io.maquette.provider.OutageException;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import io.maquette.provider.http.Answered;
import io.maquette.provider.http.BaseAddress;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.Form;
import io.maquette.provider.http.RequiredKey;
import io.maquette.provider.http.RestClients;
import io.maquette.provider.http.ResultFiles;
import io.maquette.storage.Downloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/** Model provider for Tripo; it translates between Tripo's interface and the port. */
@ApplicationScoped
@Named("tripo")
public class TripoModelProvider implements ModelProvider {

  /**
   * Host of files in answers that users of Tripo publish, {@code tripo-data.rg1.data.tripo3d.com}.
   */
  private static final List<String> DOCUMENTED_HOSTS = List.of(".data.tripo3d.com");

  /**
   * Ids that fit into the database and, without encoding, into an address; Tripo's ids are UUIDs.
   */
  private static final String TASK_ID = "[0-9A-Za-z_-]{1,150}";

  private static final long LARGEST_SEED = Integer.MAX_VALUE;

  private TripoClient client;
  private Settings settings;
  private ResultFiles results;
  private TripoProblems problems;

  /** For CDI. */
  protected TripoModelProvider() {}

  @Produces
  static TripoClient client(RestClients clients, Settings settings) {
    return clients.make(
        TripoClient.class,
        "tripo",
        address(settings.get(ProviderSetting.TRIPO_URL)),
        ProviderSetting.TRIPO_MODEL);
  }

  /** Returns the base address, also if the setting contains the path of the interface. */
  static URI address(URI setting) {
    return BaseAddress.plain(setting, "v3(/(files|tasks|generation)(/[^/]*)?)?");
  }

  @Inject
  TripoModelProvider(TripoClient client, Settings settings, Downloads downloads) {
    this.client = client;
    this.settings = settings;
    results =
        new ResultFiles(
            downloads, DOCUMENTED_HOSTS, address(settings.get(ProviderSetting.TRIPO_URL)));
    problems = new TripoProblems(settings.get(ProviderSetting.TRIPO_KEY));
  }

  /**
   * Returns the options of the model (developers.tripo3d.ai, as described in November 2026). The
   * number of faces is an option for models whose range is known. Tripo states no minimum for v3.1;
   * Maquette's is 1,000.
   */
  @Override
  public ModelCapabilities capabilities() {
    String model = settings.get(ProviderSetting.TRIPO_MODEL);
    return new ModelCapabilities(
        ModelCapabilities.Inputs.PICTURE,
        switch (model) {
          case "v3.1-20260211" -> ModelCapabilities.Mesh.ofFaces(1_000, 1_500_000, "glb");
          case "P1-20260311" -> ModelCapabilities.Mesh.ofFaces(50, 20_000, "glb");
          case "P2-20260801" -> ModelCapabilities.Mesh.ofFaces(50, 50_000, "glb");
          default -> ModelCapabilities.Mesh.plain("glb");
        },
        new ModelCapabilities.Surface(true, true),
        Optional.of(new NumberRange(0, LARGEST_SEED)),
        List.of(),
        CostBasis.CREDITS_PER_JOB);
  }

  @Override
  public void check() {
    RequiredKey.check(
        settings.get(ProviderSetting.TRIPO_KEY),
        ProviderSetting.TRIPO_KEY,
        Setting.MODEL_PROVIDERS,
        name());
  }

  /** Returns the documented limit of the model: 5 for models {@code P…}, else 10. */
  @Override
  public int openJobs() {
    return settings.get(ProviderSetting.TRIPO_MODEL).startsWith("P") ? 5 : 10;
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public Submission submit(ModelRequest request) throws ProviderException {
    ModelOptions options = request.options();
    boolean isBare = !options.texture().orElse(true);
    TripoClient.NewTask task =
        new TripoClient.NewTask(
            upload(request.picture()),
            settings.get(ProviderSetting.TRIPO_MODEL),
            options.texture().orElse(null),
            // Tripo's default is PBR materials, which need a texture
            isBare ? Boolean.FALSE : options.pbr().orElse(null),
            options.faces().orElse(null),
            options.seed().orElse(null),
            isBare ? null : options.seed().orElse(null));
    Answered<TripoAnswer> answer =
        callsAbout(null)
            .submit(() -> Answered.read(client.create(authorization(), task), TripoAnswer.class));
    TripoAnswer.Data created = contentOf(answer.content(), null);
    String id = created == null ? null : created.taskId();
    if (id == null || !id.matches(TASK_ID)) {
      throw ProviderException.of(Problem.OUTCOME_UNKNOWN, "the answer has no usable task id");
    }
    return new Submission(id, answer.requestId());
  }

  private String upload(Picture picture) throws ProviderException {
    String extension = picture.mediaType().replaceFirst(".*/", "");
    byte[] form =
        new Form()
            .file("file", "picture." + extension, picture.mediaType(), picture.content())
            .body();
    TripoAnswer answer = callsAbout(null).ask(() -> client.upload(authorization(), form));
    TripoAnswer.Data uploaded = contentOf(answer, null);
    if (uploaded == null || uploaded.fileToken() == null) {
      throw ProviderException.of(Problem.UNAVAILABLE, "the answer to the upload has no file token");
    }
    return uploaded.fileToken();
  }

  private TripoAnswer.Data contentOf(TripoAnswer answer, String jobId) throws ProviderException {
    if (answer.isError()) {
      throw problems.of(answer, jobId);
    }
    return answer.data();
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    TripoAnswer answer = callsAbout(jobId).ask(() -> client.get(authorization(), jobId));
    TripoAnswer.Data task = contentOf(answer, jobId);
    if (task == null || task.status() == null) {
      throw ProviderException.of(Problem.UNAVAILABLE, "the answer has no status");
    }
    if (task.taskId() != null && !task.taskId().equals(jobId)) {
      throw ProviderException.of(Problem.UNAVAILABLE, "the answer is about another task");
    }
    return switch (task.status()) {
      case "queued" -> JobState.waiting();
      case "running" -> running(task.progress());
      case "success" -> done(task.output());
      default -> JobState.failed(problems.ofTask(task));
    };
  }

  private static JobState running(BigDecimal progress) {
    BigDecimal percent = Objects.requireNonNullElse(progress, BigDecimal.valueOf(50));
    return JobState.running(percent.max(BigDecimal.ZERO).min(BigDecimal.valueOf(99)).intValue());
  }

  private JobState done(TripoAnswer.Output output) {
    String model = output == null ? null : output.modelUrl();
    if (!ResultFiles.isPresent(model)) {
      return JobState.failed(ProviderException.of(Problem.UNAVAILABLE, "success without a model"));
    }
    return JobState.done(
        () -> results.openModel(model), results.picture(output.pictureUrl()), null);
  }

  /** Returns that a job cannot be stopped, because Tripo has no such function. */
  @Override
  public Cancellation cancel(String jobId) {
    return Cancellation.CANNOT_STOP;
  }

  /** Returns the calls about a job; null for a job that is not submitted yet. */
  private Calls callsAbout(String jobId) {
    return new Calls(this, problems::ofSubmission, answer -> problems.ofQuestion(answer, jobId))
        .to(ProviderSetting.TRIPO_URL, settings);
  }

  private String authorization() {
    return "Bearer " + settings.get(ProviderSetting.TRIPO_KEY);
  }
}
