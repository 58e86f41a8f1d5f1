package io.maquette.it.scripted;

import io.maquette.provider.Cancellation;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import io.maquette.provider.local.LocalModelProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The local models at a pace at which a process can be killed during submit and polling. */
@ApplicationScoped
@Named("slow")
public class SlowModelProvider implements ModelProvider {

  private static final Duration SUBMIT = Duration.ofSeconds(3);
  private static final Duration RUN = Duration.ofSeconds(4);

  @Inject private LocalModelProvider local;
  private final Map<String, Long> submittedAt = new ConcurrentHashMap<>();

  @Override
  public Submission submit(ModelRequest request) throws ProviderException {
    LockSupport.parkNanos(SUBMIT.toNanos());
    Submission submission = local.submit(request);
    submittedAt.put(submission.jobId(), System.nanoTime());
    return submission;
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    JobState state = local.query(jobId);
    long age = System.nanoTime() - submittedAt.getOrDefault(jobId, 0L);
    return age < RUN.toNanos() ? JobState.running((int) (90 * age / RUN.toNanos())) : state;
  }

  @Override
  public Cancellation cancel(String jobId) throws ProviderException {
    return local.cancel(jobId);
  }

  @Override
  public Duration pollInterval(Duration configured) {
    return local.pollInterval(configured);
  }
}
