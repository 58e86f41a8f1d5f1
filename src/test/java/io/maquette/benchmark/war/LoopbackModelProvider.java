package io.maquette.benchmark.war;

import io.maquette.provider.Cancellation;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;

/**
 * Models from the loopback provider, paid for as far as the ledger knows. The file comes with a
 * call of its own, unless {@code BENCHMARK_FLOW} is {@code model}, which has two remote steps only.
 */
@ApplicationScoped
@Named("loopback")
public class LoopbackModelProvider implements ModelProvider {

  private LoopbackClient client;
  private byte[] inline;

  @PostConstruct
  void connect() {
    client = new LoopbackClient(URI.create(System.getenv("BENCHMARK_PROVIDER")));
    if ("model".equals(System.getenv("BENCHMARK_FLOW"))) {
      try {
        inline = client.model();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public Submission submit(ModelRequest request) throws ProviderException {
    try {
      return new Submission(client.submit(), null);
    } catch (IOException e) {
      throw new ProviderException(Problem.UNAVAILABLE, "loopback", e);
    }
  }

  @Override
  public JobState query(String jobId) throws ProviderException {
    try {
      return client.isDone(jobId)
          ? JobState.done(() -> new ByteArrayInputStream(inline == null ? client.model() : inline))
          : JobState.running();
    } catch (IOException e) {
      throw new ProviderException(Problem.UNAVAILABLE, "loopback", e);
    }
  }

  @Override
  public Cancellation cancel(String jobId) {
    return Cancellation.CANNOT_STOP;
  }
}
