package io.maquette.worker;

import io.maquette.cluster.ClusterMembership;
import io.maquette.cluster.LocalNode;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Readiness check: up while every worker has recently looked for work. */
@Readiness
@ApplicationScoped
public class WorkersHealth implements HealthCheck {

  /** Number of ticks that a worker may miss; the allowed time is at least {@link #MIN_ALLOWED}. */
  private static final int MISSED_TICKS = 5;

  private static final Duration MIN_ALLOWED = Duration.ofSeconds(10);

  @Inject private WorkerPool workers;
  @Inject private LocalNode node;
  @Inject private ClusterMembership nodes;
  @Inject private Settings settings;
  @Inject private Clock clock;

  @Override
  public HealthCheckResponse call() {
    Duration allowed = settings.get(Setting.WORKER_TICK).multipliedBy(MISSED_TICKS);
    Instant oldest =
        clock.instant().minus(allowed.compareTo(MIN_ALLOWED) < 0 ? MIN_ALLOWED : allowed);
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("workers").withData("node", node.name());
    nodes.rival().ifPresent(rival -> answer.withData("notice", rival));
    boolean up = true;
    for (WorkerStatus worker : workers.status()) {
      Instant looked = worker.lastRoundAt();
      boolean lately = looked != null && looked.isAfter(oldest);
      up &= lately;
      answer.withData(worker.name(), looked == null ? "never" : "looked at " + looked);
    }
    return answer.status(up).build();
  }
}
