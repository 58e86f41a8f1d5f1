package io.maquette.provider.hunyuan;

import io.maquette.platform.ProviderSetting;
import io.maquette.platform.Settings;
import io.maquette.provider.Cancellation;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.OutageException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import io.maquette.provider.wire.Calls;
import io.maquette.provider.wire.Circuit;
import io.maquette.provider.wire.RestClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.Base64;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/** Makes models at a Hunyuan3D server of one's own: translates between its wire and our port. */
@ApplicationScoped
@Named("hunyuan")
public class HunyuanModelProvider implements ModelProvider {

  /** What fits into our own records and into an address as it is; the server's are UUIDs. */
  private static final String JOB_ID = "[0-9A-Za-z_-]{1,150}";

  private final Calls calls =
      new Calls(this, HunyuanProblems::ofSubmission, HunyuanProblems::ofQuestion);
  private HunyuanClient client;

  /** For CDI. */
  protected HunyuanModelProvider() {}

  @Produces
  static HunyuanClient client(RestClients clients, Settings settings) {
    return clients.make(HunyuanClient.class, "hunyuan", settings.get(ProviderSetting.HUNYUAN_URL));
  }

  @Inject
  HunyuanModelProvider(HunyuanClient client) {
    this.client = client;
  }

  /** It is the operator's own machine. */
  @Override
  public boolean costs() {
    return false;
  }

  @Override
  @CircuitBreaker(
      failOn = OutageException.class,
      requestVolumeThreshold = Circuit.SUBMISSIONS,
      failureRatio = Circuit.FAILURES,
      delay = Circuit.PAUSE)
  public Submission submit(ModelRequest request) throws ProviderException {
    SendJob job =
        new SendJob(Base64.getEncoder().encodeToString(request.picture().content()), true, "glb");
    String uid = calls.submit(() -> client.send(job)).uid();
    if (uid == null || !uid.matches(JOB_ID)) {
      throw ProviderException.of(Problem.OUTCOME_UNKNOWN, "the answer has no usable uid");
    }
    return new Submission(uid, null);
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    JobStatus job = calls.ask(() -> client.status(jobId));
    return switch (job.status()) {
      case "processing", "texturing" -> JobState.running();
      case "completed" -> completed(job.model());
      case "error" -> JobState.failed(HunyuanProblems.ofJob(job.message()));
      default ->
          throw ProviderException.of(Problem.UNAVAILABLE, "the answer has no status we know");
    };
  }

  private static JobState completed(ModelFile model) {
    if (model == null) {
      return JobState.failed(
          ProviderException.of(Problem.UNAVAILABLE, "completed without a model"));
    }
    if (model.isBrokenOff()) {
      return JobState.running(); // the server is still writing it
    }
    if (!model.isGlb()) {
      return JobState.failed(
          ProviderException.of(
              Problem.UNAVAILABLE, "completed with something that is no GLB file"));
    }
    return JobState.done(model::open);
  }

  /** The server cannot stop a job. */
  @Override
  public Cancellation cancel(String jobId) {
    return Cancellation.CANNOT_STOP;
  }
}
