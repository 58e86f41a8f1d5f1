package io.maquette.provider.comfyui;

import io.maquette.config.ProviderSetting;
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
import io.maquette.provider.OperatorException;
import io.maquette.provider.OutageException;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import io.maquette.provider.http.BaseAddress;
import io.maquette.provider.http.Calls;
import io.maquette.provider.http.CircuitBreakerDefaults;
import io.maquette.provider.http.Form;
import io.maquette.provider.http.RestClients;
import io.maquette.provider.http.ResultFiles;
import io.maquette.storage.Downloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Model provider for a ComfyUI server; it translates between the server's interface and the port.
 */
@ApplicationScoped
@Named("comfyui")
public class ComfyUiModelProvider implements ModelProvider {

  /** Ids that fit into the database and, without encoding, into an address; ours are UUIDs. */
  private static final String JOB_ID = "[0-9A-Za-z_-]{1,150}";

  private static final long LARGEST_SEED = Integer.MAX_VALUE;

  private Calls calls;
  private Calls cancellations;
  private ComfyUiClient client;
  private Settings settings;
  private ResultFiles results;
  private String basePath;
  private volatile ComfyUiWorkflow workflow;

  /** For CDI. */
  protected ComfyUiModelProvider() {}

  @Produces
  static ComfyUiClient client(RestClients clients, Settings settings) {
    return clients.make(
        ComfyUiClient.class, "comfyui", address(settings), ProviderSetting.COMFYUI_URL);
  }

  private static URI address(Settings settings) {
    return BaseAddress.plain(
        settings.get(ProviderSetting.COMFYUI_URL), "(prompt|queue|history|upload/image|view|api)");
  }

  @Inject
  ComfyUiModelProvider(ComfyUiClient client, Settings settings, Downloads downloads) {
    this.client = client;
    this.settings = settings;
    calls =
        new Calls(this, ComfyUiProblems::ofSubmission, ComfyUiProblems::ofQuestion)
            .to(ProviderSetting.COMFYUI_URL, settings);
    cancellations =
        new Calls(this, ComfyUiProblems::ofSubmission, ComfyUiProblems::ofCancellation)
            .to(ProviderSetting.COMFYUI_URL, settings);
    URI address = address(settings);
    basePath = address.getRawPath();
    results = new ResultFiles(downloads, List.of(), address);
  }

  /** Returns the options that the workflow has named inputs for. */
  @Override
  public ModelCapabilities capabilities() {
    if (settings.get(ProviderSetting.COMFYUI_WORKFLOW).isEmpty()) {
      return ModelCapabilities.plain(CostBasis.FREE);
    }
    return new ModelCapabilities(
        ModelCapabilities.Inputs.PICTURE,
        new ModelCapabilities.Mesh(workflow().faces(), List.of(), List.of("glb")),
        ModelCapabilities.Surface.PLAIN,
        workflow().hasSeed() ? Optional.of(new NumberRange(0, LARGEST_SEED)) : Optional.empty(),
        List.of(),
        CostBasis.FREE);
  }

  /** Returns the workflow, which is read once. */
  private ComfyUiWorkflow workflow() {
    ComfyUiWorkflow read = workflow;
    if (read == null) {
      read = ComfyUiWorkflow.read(settings.get(ProviderSetting.COMFYUI_WORKFLOW));
      workflow = read;
    }
    return read;
  }

  /** Checks that the file of the workflow is usable. */
  @Override
  public void check() {
    ComfyUiWorkflow unused = workflow();
  }

  /**
   * Returns true: a job occupies the GPU for minutes, and a workflow may have nodes of paid
   * services. So an unknown outcome is looked up before another submission.
   */
  @Override
  public boolean costs() {
    return true;
  }

  /** Returns 1, because the server runs one job at a time. */
  @Override
  public int openJobs() {
    return 1;
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
        options.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(LARGEST_SEED + 1));
    ComfyUiWorkflow usable;
    try {
      usable = workflow();
    } catch (IllegalStateException e) {
      throw OperatorException.misconfigured(
          ProviderSetting.COMFYUI_WORKFLOW.name(), e.getMessage());
    }
    JsonObject filled = usable.filled(upload(request.picture()), seed, options.faces());
    String id = request.key().toString();
    String accepted =
        calls
            .submit(() -> client.submit(new ComfyUiClient.NewPrompt(filled, "maquette", id)))
            .promptId();
    if (accepted == null || !accepted.matches(JOB_ID)) {
      throw ProviderException.of(Problem.OUTCOME_UNKNOWN, "the answer has no usable prompt_id");
    }
    return new Submission(accepted, usable.hasSeed() ? "seed " + seed : null);
  }

  /**
   * Uploads a picture, which may be repeated: its name follows from its content.
   *
   * @return its name for a node
   */
  private String upload(Picture picture) throws ProviderException {
    String name =
        "maquette-%s.%s"
            .formatted(
                UUID.nameUUIDFromBytes(picture.content()),
                picture.mediaType().replaceFirst(".*/", ""));
    byte[] form =
        new Form()
            .text("type", "input")
            .text("overwrite", "true")
            .file("image", name, picture.mediaType(), picture.content())
            .body();
    ComfyUiClient.Uploaded uploaded = calls.ask(() -> client.upload(form));
    if (uploaded.name() == null) {
      throw ProviderException.of(Problem.UNAVAILABLE, "the answer to the upload has no name");
    }
    return uploaded.subfolder() == null
        ? uploaded.name()
        : uploaded.subfolder() + "/" + uploaded.name();
  }

  @Override
  public Optional<Submission> find(ModelRequest request) throws ProviderException {
    String id = request.key().toString();
    try {
      JobState ignored = query(id);
      return Optional.of(new Submission(id, null));
    } catch (JobLostException e) {
      return Optional.empty();
    }
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    Optional<JobState> open = queued(jobId);
    if (open.isPresent()) {
      return open.get();
    }
    ComfyUiClient.History history = calls.ask(() -> client.history(jobId));
    ComfyUiJob job =
        ComfyUiJob.of(history.jobs(), jobId).orElseThrow(() -> new JobLostException(jobId));
    return job.status().equals("error") ? failed(job) : done(job);
  }

  /** Returns the state of a job that has not ended; empty if the queue does not have it. */
  private Optional<JobState> queued(String jobId) throws ProviderException {
    ComfyUiClient.Queue queue = calls.ask(client::queue);
    if (!(queue.running() instanceof JsonArray running)
        || !(queue.pending() instanceof JsonArray pending)) {
      throw ProviderException.of(Problem.UNAVAILABLE, "the answer is not a queue");
    }
    if (has(running, jobId)) {
      return Optional.of(JobState.running());
    }
    return has(pending, jobId) ? Optional.of(JobState.waiting()) : Optional.empty();
  }

  private static boolean has(JsonArray jobs, String id) {
    return jobs.stream()
        .anyMatch(
            (JsonValue job) ->
                job instanceof JsonArray parts
                    && parts.size() > 1
                    && parts.get(1) instanceof JsonString found
                    && found.getString().equals(id));
  }

  private static JobState failed(ComfyUiJob job) {
    return JobState.failed(ComfyUiProblems.ofJob(job.failure()));
  }

  private JobState done(ComfyUiJob job) {
    List<String> models = job.models(basePath);
    if (models.isEmpty()) {
      return JobState.failed(
          OperatorException.misconfigured(
              ProviderSetting.COMFYUI_WORKFLOW.name(),
              "the workflow has saved no GLB file; it needs a node like SaveGLB"));
    }
    return JobState.done(() -> results.openModel(models));
  }

  @Override
  public Cancellation cancel(String jobId) throws ProviderException {
    if (queued(jobId).isEmpty()) {
      return Cancellation.CANNOT_STOP;
    }
    try {
      cancellations.ask(() -> statusOfCancellation(jobId));
      return Cancellation.STOPPED;
    } catch (ProviderException e) {
      if (e.problem() == Problem.REFUSED) {
        return Cancellation.CANNOT_STOP; // it has ended meanwhile, or the server is too old
      }
      throw e;
    }
  }

  private int statusOfCancellation(String jobId) {
    try (Response answer = client.cancel(jobId)) {
      return answer.getStatus();
    }
  }
}
