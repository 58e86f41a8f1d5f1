package io.maquette.it.scripted;

import io.maquette.provider.Cancellation;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import io.maquette.studio.LocalModelProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The local models, after whatever the script says. A held query answers RUN instead. */
@ApplicationScoped
@Named("scripted")
public class ScriptedModelProvider implements ModelProvider {

  /** The ids of jobs that were cancelled. */
  public static final Set<String> CANCELLED = ConcurrentHashMap.newKeySet();

  @Inject private LocalModelProvider local;
  private final Map<String, String> prompts = new ConcurrentHashMap<>();

  @Override
  public Submission submit(ModelRequest request) throws ProviderException {
    Script.follow(request.prompt(), Script.Point.SUBMIT);
    Submission submission = local.submit(request);
    prompts.put(submission.jobId(), request.prompt());
    return submission;
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    String prompt = prompts.get(jobId);
    if (prompt == null) {
      throw new JobLostException(jobId);
    }
    if (Script.isHeld(prompt, Script.Point.QUERY)) {
      return JobState.running();
    }
    Script.follow(prompt, Script.Point.QUERY);
    return local.query(jobId);
  }

  @Override
  public Cancellation cancel(String jobId) throws ProviderException {
    CANCELLED.add(jobId);
    return local.cancel(jobId);
  }

  @Override
  public Duration pollInterval(Duration configured) {
    return local.pollInterval(configured);
  }
}
