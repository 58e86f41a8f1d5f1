package io.maquette.benchmark.peer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/** JobRunr with requests, which need no bytecode to be looked at. One job a stage. */
final class JobRunrPeer extends Peer {

  private static final int MAKERS = 8;
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(5); // no less is allowed

  private static JobRunrPeer peer;

  private final ExecutorService makers = Executors.newFixedThreadPool(MAKERS);

  private JobRunrPeer() throws Exception {
    JobRunr.configure()
        .useStorageProvider(SqlStorageProviderFactory.using(database()))
        .useBackgroundJobServer(
            BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andWorkerCount(hands)
                .andPollInterval(POLL_INTERVAL))
        .initialize();
  }

  public static void main(String[] arguments) throws Exception {
    peer = new JobRunrPeer();
    peer.serve();
  }

  @Override
  void begin(List<String> ids) {
    for (String id : ids) {
      makers.execute(
          () -> {
            create(id);
            BackgroundJobRequest.enqueue(new Step(id, whole ? "pictures" : "submit"));
          });
    }
  }

  /** The next step of a task. */
  public record Step(String id, String name) implements JobRequest {
    @Override
    public Class<Hand> getJobRequestHandler() {
      return Hand.class;
    }
  }

  /** Does a step. */
  public static final class Hand implements JobRequestHandler<Step> {
    @Override
    public void run(Step step) throws IOException {
      peer.work(step.id(), step.name());
    }
  }

  private void work(String id, String step) throws IOException {
    switch (step) {
      case "pictures" -> {
        makePictures(id);
        choose(id);
        BackgroundJobRequest.enqueue(new Step(id, "submit"));
      }
      case "submit" -> {
        submit(id);
        BackgroundJobRequest.enqueue(new Step(id, "poll"));
      }
      default -> {
        if (!complete(id, jobOf(id))) {
          BackgroundJobRequest.schedule(Instant.now().plusSeconds(5), new Step(id, "poll"));
        }
      }
    }
  }
}
