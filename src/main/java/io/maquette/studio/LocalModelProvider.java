package io.maquette.studio;

import io.maquette.config.Settings;
import io.maquette.provider.Cancellation;
import io.maquette.provider.CostBasis;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelCapabilities;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Model provider on this machine, without key or network. Jobs queue, a few run at a time, and
 * finished ones are kept for a while. Jobs are in memory only; after a restart they are lost and
 * must be submitted again.
 */
@ApplicationScoped
@Named("local")
public class LocalModelProvider implements ModelProvider {

  private static final Logger LOG = Logger.getLogger(LocalModelProvider.class.getName());

  static final int AT_ONCE = 2;
  static final int MAX_JOBS = 1_000;
  static final Duration KEPT = Duration.ofMinutes(30);

  /**
   * Maximum number of finished files in memory; older ones are dropped and must be submitted again.
   */
  static final int MAX_FINISHED = 16;

  private static final Duration POLL = Duration.ofMillis(500);

  /** Provider job; its fields are guarded by the provider. */
  private static final class Job {
    private final Sculpting sculpting;
    private Picture picture;
    private JobState state = JobState.waiting();
    private boolean taken;
    private Instant endedAt;

    Job(Sculpting sculpting, Picture picture) {
      this.sculpting = sculpting;
      this.picture = picture;
    }
  }

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private int working;
  private Executor executor;
  private Clock clock;
  private Sculpting sculpting;

  /** For CDI. */
  protected LocalModelProvider() {}

  @Inject
  LocalModelProvider(Executor executor, Clock clock, Settings settings) {
    this(executor, clock, Sculpting.of(settings));
  }

  LocalModelProvider(Executor executor, Clock clock, Sculpting sculpting) {
    this.executor = executor;
    this.clock = clock;
    this.sculpting = sculpting;
  }

  /** Returns the forms and numbers of faces, which are also those of the settings. */
  @Override
  public ModelCapabilities capabilities() {
    return new ModelCapabilities(
        ModelCapabilities.Inputs.PICTURE,
        ModelCapabilities.Mesh.ofFaces(20_000, 100_000, "glb"),
        ModelCapabilities.Surface.PLAIN,
        Optional.empty(),
        Arrays.stream(Sculpting.Form.values())
            .map(form -> form.name().toLowerCase(Locale.ROOT))
            .toList(),
        CostBasis.FREE);
  }

  @Override
  public boolean costs() {
    return false;
  }

  @Override
  public Submission submit(ModelRequest request) throws ProviderException {
    String id = UUID.randomUUID().toString();
    synchronized (jobs) {
      forgetOld();
      if (jobs.size() >= MAX_JOBS) {
        throw new ProviderException(Problem.THROTTLED, MAX_JOBS + " jobs are open already");
      }
      jobs.put(id, new Job(sculpting(request), request.picture()));
    }
    startNext();
    return new Submission(id, null);
  }

  /**
   * Returns how a model is made: by the settings, which a form that the prompt names replaces, and
   * the options of the task replace both.
   */
  private Sculpting sculpting(ModelRequest request) {
    Sculpting.Form form = ParsedPrompt.of(request.prompt()).form();
    return (form == null ? sculpting : new Sculpting(form, sculpting.faces()))
        .with(request.options());
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    synchronized (jobs) {
      forgetOld();
      Job job = jobs.get(jobId);
      if (job == null) {
        throw new JobLostException(jobId);
      }
      return job.state;
    }
  }

  @Override
  public Cancellation cancel(String jobId) {
    synchronized (jobs) {
      // a running job ends at its next step
      return jobs.remove(jobId) == null ? Cancellation.CANNOT_STOP : Cancellation.STOPPED;
    }
  }

  @Override
  public Duration pollInterval(Duration configured) {
    return configured.compareTo(POLL) < 0 ? configured : POLL;
  }

  private void startNext() {
    synchronized (jobs) {
      if (working >= AT_ONCE) {
        return;
      }
      for (Map.Entry<String, Job> entry : jobs.entrySet()) {
        if (!entry.getValue().taken) {
          entry.getValue().taken = true;
          working++;
          executor.execute(() -> work(entry.getKey(), entry.getValue()));
          return;
        }
      }
    }
  }

  private void work(String id, Job job) {
    try {
      make(id, job);
    } catch (ProviderException e) {
      end(job, JobState.failed(e));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.log(Level.WARNING, "Job of the built-in studio " + id + " failed", e);
      end(job, JobState.failed(new ProviderException(Problem.UNAVAILABLE, "the job failed", e)));
    } finally {
      synchronized (jobs) {
        working--;
      }
      startNext();
    }
  }

  private void make(String id, Job job) throws ProviderException {
    Picture picture = job.picture;
    if (!reach(id, job, 10)) {
      return;
    }
    BufferedImage image = Foreground.decoded(picture);
    if (!reach(id, job, 40)) {
      return;
    }
    GlbWriter.Mesh mesh = job.sculpting.model(image);
    if (!reach(id, job, 80)) {
      return;
    }
    byte[] glb = GlbWriter.write(mesh);
    end(job, JobState.done(() -> new ByteArrayInputStream(glb)));
  }

  /** Records the progress of a job; returns false if the job was cancelled. */
  private boolean reach(String id, Job job, int progress) {
    synchronized (jobs) {
      job.state = JobState.running(progress);
      return jobs.get(id) == job;
    }
  }

  private void end(Job job, JobState state) {
    synchronized (jobs) {
      job.state = state;
      job.endedAt = clock.instant();
      job.picture = null;
    }
  }

  /** Drops old results, so that memory is bounded if no node fetches them. */
  private void forgetOld() {
    Instant oldest = clock.instant().minus(KEPT);
    long tooMany = jobs.values().stream().filter(job -> job.endedAt != null).count() - MAX_FINISHED;
    for (Iterator<Job> all = jobs.values().iterator(); all.hasNext(); ) {
      Job job = all.next();
      if (job.endedAt != null && (tooMany > 0 || job.endedAt.isBefore(oldest))) {
        all.remove();
        tooMany--;
      }
    }
  }
}
