package io.maquette.provider.meshy;

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
import io.maquette.provider.NumberRange;
import io.maquette.provider.OutageException;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
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
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/** Model provider for Meshy; it translates between Meshy's interface and the port. */
@ApplicationScoped
@Named("meshy")
public class MeshyModelProvider implements ModelProvider {

  /** Hosts of files in the examples of docs.meshy.ai/en/api/image-to-3d. */
  private static final List<String> DOCUMENTED_HOSTS = List.of("assets.meshy.ai");

  /**
   * Ids that fit into the database and, without encoding, into an address; Meshy's ids are UUIDs.
   */
  private static final String TASK_ID = "[0-9A-Za-z_-]{1,150}";

  private MeshyClient client;
  private Settings settings;
  private ResultFiles results;
  private MeshyProblems problems;

  /** For CDI. */
  protected MeshyModelProvider() {}

  @Produces
  static MeshyClient client(RestClients clients, Settings settings) {
    return clients.make(MeshyClient.class, "meshy", address(settings), ProviderSetting.MESHY_MODEL);
  }

  /** Returns the base address, also if the setting contains the path of the interface. */
  private static URI address(Settings settings) {
    return BaseAddress.plain(
        settings.get(ProviderSetting.MESHY_URL), "openapi(/v[0-9]+)?(/[a-z0-9-]+)?");
  }

  @Inject
  MeshyModelProvider(MeshyClient client, Settings settings, Downloads downloads) {
    this.client = client;
    this.settings = settings;
    results = new ResultFiles(downloads, DOCUMENTED_HOSTS, address(settings));
    problems = new MeshyProblems(settings.get(ProviderSetting.MESHY_KEY));
  }

  /**
   * Returns the options of the interface (docs.meshy.ai/en/api/image-to-3d; the ranges are also in
   * docs.comfy.org, MeshyImageToModelNode, read 2026-11-30). Meshy accepts no seed.
   */
  @Override
  public ModelCapabilities capabilities() {
    return new ModelCapabilities(
        ModelCapabilities.Inputs.PICTURE,
        new ModelCapabilities.Mesh(
            Optional.of(new NumberRange(100, 300_000)),
            List.of("triangle", "quad"),
            List.of("glb")),
        new ModelCapabilities.Surface(true, true),
        Optional.empty(),
        List.of(),
        CostBasis.CREDITS_PER_JOB);
  }

  @Override
  public void check() {
    RequiredKey.check(
        settings.get(ProviderSetting.MESHY_KEY),
        ProviderSetting.MESHY_KEY,
        Setting.MODEL_PROVIDERS,
        name());
  }

  /** Returns 20, the limit of every plan but the largest (docs.meshy.ai/en/api/rate-limits). */
  @Override
  public OptionalInt requestsPerSecond() {
    return OptionalInt.of(20);
  }

  /** Returns three days, after which Meshy deletes files (docs.meshy.ai/en/api/asset-retention). */
  @Override
  public Duration resultLifetime() {
    return Duration.ofDays(3);
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public Submission submit(ModelRequest request) throws ProviderException {
    ModelOptions options = request.options();
    boolean needsRemesh = options.faces().isPresent() || options.topology().isPresent();
    NewMeshyTask task =
        new NewMeshyTask(
            dataUri(request.picture()),
            settings.get(ProviderSetting.MESHY_MODEL),
            List.of("glb"),
            needsRemesh ? true : null,
            options.topology().orElse(null),
            options.faces().orElse(null),
            options.texture().orElse(null),
            options.pbr().orElse(null));
    String id = callsAbout(null).submit(() -> client.create(authorization(), task)).result();
    if (id == null || !id.matches(TASK_ID)) {
      throw ProviderException.of(Problem.OUTCOME_UNKNOWN, "the answer has no usable task id");
    }
    return new Submission(id, null);
  }

  private static String dataUri(Picture picture) {
    return "data:"
        + picture.mediaType()
        + ";base64,"
        + Base64.getEncoder().encodeToString(picture.content());
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    MeshyTask task = get(jobId);
    return switch (statusOf(task)) {
      case "PENDING" -> JobState.waiting();
      case "IN_PROGRESS" -> running(task.progress());
      case "SUCCEEDED" -> done(task);
      case "FAILED", "CANCELED", "EXPIRED" ->
          JobState.failed(problems.ofTask(task.status(), task.taskError()));
      default -> throw ProviderException.of(Problem.UNAVAILABLE, "the answer has no known status");
    };
  }

  private MeshyTask get(String jobId) throws ProviderException {
    MeshyTask task = callsAbout(jobId).ask(() -> client.get(authorization(), jobId));
    if (task.id() != null && !task.id().equals(jobId)) {
      throw ProviderException.of(Problem.UNAVAILABLE, "the answer is about another task");
    }
    return task;
  }

  private static String statusOf(MeshyTask task) {
    return Objects.requireNonNullElse(task.status(), "");
  }

  private static JobState running(BigDecimal progress) {
    return progress == null
        ? JobState.running()
        : JobState.running(progress.max(BigDecimal.ZERO).min(BigDecimal.valueOf(100)).intValue());
  }

  private JobState done(MeshyTask task) {
    String model = task.modelUrls() == null ? null : task.modelUrls().glb();
    if (!ResultFiles.isPresent(model)) {
      return JobState.failed(
          ProviderException.of(Problem.UNAVAILABLE, "succeeded without a GLB file"));
    }
    return JobState.done(
        () -> results.openModel(model),
        results.picture(task.thumbnailUrl()),
        task.consumedCredits());
  }

  @Override
  public Cancellation cancel(String jobId) throws ProviderException {
    try {
      if (!statusOf(get(jobId)).equals("PENDING")) {
        return Cancellation.CANNOT_STOP;
      }
      callsAbout(jobId).ask(() -> delete(jobId));
      return Cancellation.STOPPED;
    } catch (JobLostException e) {
      return Cancellation.CANNOT_STOP; // the state of the task is unknown
    } catch (ProviderException e) {
      if (e.problem() == Problem.REFUSED) {
        return Cancellation.CANNOT_STOP; // it was started meanwhile
      }
      throw e;
    }
  }

  private int delete(String jobId) {
    try (Response answer = client.delete(authorization(), jobId)) {
      return answer.getStatus();
    }
  }

  /** Returns the calls about a job; null for a job that is not submitted yet. */
  private Calls callsAbout(String jobId) {
    return new Calls(this, problems::ofSubmission, answer -> problems.ofQuestion(answer, jobId))
        .to(ProviderSetting.MESHY_URL, settings);
  }

  private String authorization() {
    return "Bearer " + settings.get(ProviderSetting.MESHY_KEY);
  }
}
