package io.maquette.provider.hunyuan;

import io.maquette.config.ProviderSetting;
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
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import io.maquette.provider.http.BaseAddress;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.RestClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Model provider for a self-hosted Hunyuan3D server; it translates between the server's interface
 * and the port.
 */
@ApplicationScoped
@Named("hunyuan")
public class HunyuanModelProvider implements ModelProvider {

  /**
   * Ids that fit into the database and, without encoding, into an address; the server's ids are
   * UUIDs.
   */
  private static final String JOB_ID = "[0-9A-Za-z_-]{1,150}";

  /** Number of possible seeds. */
  private static final long SEEDS = 1L << 32;

  private Calls calls;
  private HunyuanClient client;
  private Settings settings;

  /** For CDI. */
  protected HunyuanModelProvider() {}

  @Produces
  static HunyuanClient client(RestClients clients, Settings settings) {
    return clients.make(
        HunyuanClient.class,
        "hunyuan",
        BaseAddress.plain(
            settings.get(ProviderSetting.HUNYUAN_URL), "send", "generate", "status(/.*)?", "docs"),
        ProviderSetting.HUNYUAN_URL);
  }

  @Inject
  HunyuanModelProvider(HunyuanClient client, Settings settings) {
    this.client = client;
    this.settings = settings;
    calls =
        new Calls(this, HunyuanProblems::ofSubmission, HunyuanProblems::ofQuestion)
            .to(ProviderSetting.HUNYUAN_URL, settings);
  }

  /** Returns the options of {@code api_models.py} (Hunyuan3D-2.1, 2026-11-30). */
  @Override
  public ModelCapabilities capabilities() {
    return new ModelCapabilities(
        ModelCapabilities.Inputs.PICTURE,
        ModelCapabilities.Mesh.ofFaces(1_000, 100_000, "glb"),
        new ModelCapabilities.Surface(true, false),
        Optional.of(new NumberRange(0, SEEDS - 1)),
        List.of(),
        CostBasis.FREE);
  }

  /** Returns false, because the server is the operator's own. */
  @Override
  public boolean costs() {
    return false;
  }

  /**
   * Returns 1, because the server usually has one GPU and begins every job at once in the same
   * memory.
   */
  @Override
  public int openJobs() {
    return 1;
  }

  @Override
  public boolean doesOneAfterTheOther() {
    return true;
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = CircuitBreakerDefaults.SUBMISSIONS,
      failureRatio = CircuitBreakerDefaults.FAILURES,
      delay = CircuitBreakerDefaults.PAUSE)
  public Submission submit(ModelRequest request) throws ProviderException {
    ModelOptions options = request.options();
    long seed =
        options
            .seed()
            .or(() -> settings.get(ProviderSetting.HUNYUAN_SEED))
            .orElseGet(() -> ThreadLocalRandom.current().nextLong(SEEDS));
    SendJob job =
        new SendJob(
            Base64.getEncoder().encodeToString(request.picture().content()),
            options.texture().orElseGet(() -> settings.get(ProviderSetting.HUNYUAN_TEXTURE)),
            "glb",
            seed,
            settings.get(ProviderSetting.HUNYUAN_OCTREE_RESOLUTION).orElse(null),
            settings.get(ProviderSetting.HUNYUAN_STEPS).orElse(null),
            settings.get(ProviderSetting.HUNYUAN_GUIDANCE).orElse(null),
            options.faces().or(() -> settings.get(ProviderSetting.HUNYUAN_FACES)).orElse(null));
    String uid = calls.submit(() -> client.send(job)).uid();
    if (uid == null || !uid.matches(JOB_ID)) {
      throw ProviderException.of(Problem.OUTCOME_UNKNOWN, "the answer has no usable uid");
    }
    return new Submission(uid, "seed " + seed); // with the seed, the model can be made again
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    JobStatus job = calls.ask(() -> client.status(jobId));
    return switch (job.status()) {
      case "processing", "texturing" -> JobState.running();
      case "completed" -> completed(job.model());
      case "error" -> JobState.failed(HunyuanProblems.ofJob(job.message()));
      default -> throw ProviderException.of(Problem.UNAVAILABLE, "the answer has no known status");
    };
  }

  private static JobState completed(ModelFile model) {
    if (model == null) {
      return JobState.failed(
          ProviderException.of(Problem.UNAVAILABLE, "completed without a model"));
    }
    if (model.isBrokenOff()) {
      return JobState.running(); // the server is still writing the file
    }
    if (!model.isGlb()) {
      return JobState.failed(
          ProviderException.of(Problem.UNAVAILABLE, "completed with a file that is not GLB"));
    }
    return JobState.done(model::open);
  }

  /** Returns that a job cannot be stopped, because the server has no such function. */
  @Override
  public Cancellation cancel(String jobId) {
    return Cancellation.CANNOT_STOP;
  }
}
