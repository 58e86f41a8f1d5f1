package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.ManagedServer;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.Test;

/** What is expected beside {@link ServerContract} where applications come and go. */
abstract class ManagedServerContract<S extends ManagedServer> extends ServerContract<S> {

  private static final int REDEPLOYS = 10;

  /** What ten redeployments may leave behind, beside the odd class and thread of the server. */
  private static final int THREADS = 10;

  private static final long METASPACE_BYTES = 12L << 20;

  private record Footprint(long metaspace, int threads, int classes) {}

  @Test
  void tenRedeploymentsLeakNothingAndUndeploymentLeavesNothingRunning() throws Exception {
    measured("first deployment", seconds(server().deployment()));
    useAndRedeploy();
    useAndRedeploy(); // what a server loads for its first redeployments stays
    Footprint before = footprint();
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < REDEPLOYS; i++) {
      took.add(useAndRedeploy());
    }
    Footprint after = footprint();
    Collections.sort(took);
    measured("redeployment, median of " + REDEPLOYS, seconds(took.get(REDEPLOYS / 2)));
    measured("footprint before and after " + REDEPLOYS, before + " " + after);
    assertThat(after.threads()).isLessThan(before.threads() + THREADS);
    assertThat(after.metaspace()).isLessThan(before.metaspace() + METASPACE_BYTES);

    server().undeploy();
    assertNothingIsRunning();
    server().redeploy(WAR); // for the tests that come after
    awaitAnswer(200);
  }

  private Duration useAndRedeploy() throws Exception {
    ApiClient api = new ApiClient(server().base());
    String id = api.create("used before it goes");
    api.awaitStatus(id, "IMAGE_COMPLETED");
    api.select(id, 0);
    api.awaitStatus(id, "MODEL_COMPLETED");
    long began = System.nanoTime();
    server().redeploy(WAR);
    awaitAnswer(200);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void awaitAnswer(int status) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server().base() + "/api/statuses"))
            .timeout(Duration.ofSeconds(10))
            .build();
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(
            () ->
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                    == status);
  }

  private Footprint footprint() throws Exception {
    try (JMXConnector connector = server().jmx()) {
      MBeanServerConnection jmx = connector.getMBeanServerConnection();
      MemoryMXBean memory =
          ManagementFactory.newPlatformMXBeanProxy(
              jmx, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
      for (int i = 0; i < 5; i++) {
        memory.gc(); // soft and weak references go in turns
      }
      return new Footprint(
          ManagementFactory.newPlatformMXBeanProxy(
                  jmx,
                  ManagementFactory.MEMORY_POOL_MXBEAN_DOMAIN_TYPE + ",name=Metaspace",
                  MemoryPoolMXBean.class)
              .getUsage()
              .getUsed(),
          threads(jmx).getThreadCount(),
          ManagementFactory.newPlatformMXBeanProxy(
                  jmx, ManagementFactory.CLASS_LOADING_MXBEAN_NAME, ClassLoadingMXBean.class)
              .getLoadedClassCount());
    }
  }

  private static ThreadMXBean threads(MBeanServerConnection jmx) throws Exception {
    return ManagementFactory.newPlatformMXBeanProxy(
        jmx, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
  }

  /** After the application was taken away. */
  void assertNothingIsRunning() throws Exception {
    awaitAnswer(404);
    try (JMXConnector connector = server().jmx()) {
      MBeanServerConnection jmx = connector.getMBeanServerConnection();
      assertThat(jmx.queryNames(new ObjectName("io.maquette:*"), null)).isEmpty();
      assertThat(threads(jmx).dumpAllThreads(false, false))
          .noneMatch(
              thread ->
                  Arrays.stream(thread.getStackTrace())
                      .anyMatch(frame -> frame.getClassName().startsWith("io.maquette.")));
    }
  }
}
