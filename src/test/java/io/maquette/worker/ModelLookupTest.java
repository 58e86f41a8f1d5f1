package io.maquette.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.provider.Cancellation;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Named;
import io.maquette.provider.Picture;
import io.maquette.provider.Submission;
import io.maquette.worker.ModelSteps.JobRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Lookup of a submission with an unknown outcome at a provider whose job ids we choose. */
class ModelLookupTest {

  @Named("keyed")
  private static final class Keyed implements ModelProvider {
    private final Map<UUID, Submission> jobs = new HashMap<>();

    @Override
    public Submission submit(ModelRequest request) {
      jobs.put(request.key(), new Submission(request.key().toString(), null));
      return jobs.get(request.key());
    }

    @Override
    public Optional<Submission> find(ModelRequest request) {
      return Optional.ofNullable(jobs.get(request.key()));
    }

    @Override
    public JobState query(String jobId) {
      return JobState.running();
    }

    @Override
    public Cancellation cancel(String jobId) {
      return Cancellation.CANNOT_STOP;
    }
  }

  private final Keyed provider = new Keyed();

  /** Creates the request as a worker does after each claim, perhaps on another node. */
  private JobRequest request(UUID task) {
    return new JobRequest(
        provider, task, new ModelRequest(new Picture(new byte[1], "image/png"), "a cat"));
  }

  private Optional<Submission> find(UUID task, long call) throws Exception {
    return request(task).find(call, Instant.EPOCH, job -> false, address -> {});
  }

  @Test
  void a_submission_is_found_by_its_task_and_ledger_row() throws Exception {
    UUID task = UUID.randomUUID();
    assertThat(find(task, 7)).isEmpty();
    Submission sent = request(task).send(7, address -> {});
    assertThat(find(task, 7)).contains(sent);
    assertThat(find(task, 8)).isEmpty();
    assertThat(find(UUID.randomUUID(), 7)).isEmpty();
    assertThat(request(task).send(8, address -> {})).isNotEqualTo(sent);
  }
}
