package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.config.Setting;
import io.maquette.it.server.ManagedServer;
import io.maquette.it.simulator.DashScopeSimulator;
import io.maquette.it.simulator.HunyuanSimulator;
import io.maquette.it.simulator.MeshySimulator;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.TencentSimulator;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Tests of servers on which applications are deployed and undeployed. */
@Tag("all")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ManagedServerContract<S extends ManagedServer> extends ServerContract<S> {

  private static final int REDEPLOYS = Integer.getInteger("it.redeployments", 2);

  /** Class loaders of applications that are gone but that a server's caches may still know. */
  private static final int OLD_LOADERS = 3;

  /** Threads that the server's own pools, which have their bounds, may take on meanwhile. */
  private static final int POOLED_THREADS = 30;

  private static final long METASPACE_BYTES = 16L << 20;

  /** What the application leaves in a server, with the live copies of its classes. */
  private record Footprint(long metaspace, int threads, long loaders) {}

  @Test
  @Order(Integer.MAX_VALUE) // the application is not there afterwards
  void redeployments_leak_nothing_and_undeployment_stops_everything() throws Exception {
    measured("first deployment", seconds(server().deployment()));
    assertNothingLeaks(server(), REDEPLOYS, "redeployment");
    server().undeploy();
    assertNothingIsRunning();
  }

  @Test
  void redeployments_leak_no_provider_clients_traces_or_logs() throws Exception {
    Path place = Wars.freshFolder("redeployed");
    try (DashScopeSimulator pictures = new DashScopeSimulator();
        OpenAiSimulator chat = new OpenAiSimulator();
        MeshySimulator meshy = new MeshySimulator(PictureSimulator.KEY);
        TencentSimulator tencent = new TencentSimulator();
        HunyuanSimulator hunyuan = new HunyuanSimulator();
        Collector traces = new Collector();
        S networked =
            start(
                place,
                WAR,
                (forgetsTraces()
                        ? new Environment(place).tracedAt(traces, "one")
                        : new Environment(place))
                    .at(pictures, "dashscope")
                    .at(chat, "openai")
                    .at(meshy)
                    .at(tencent)
                    .at(hunyuan)
                    .with("MAQUETTE_PROVIDER_IMAGE", "dashscope")
                    .with("MAQUETTE_PROVIDER_PROMPT", "openai")
                    .with("MAQUETTE_PROVIDER_MODEL", "meshy,tencent,hunyuan")
                    .with("MAQUETTE_LOG_JSON", place.resolve("log.json").toString())
                    .values())) {
      pictures.takeTime(0, 0);
      assertNothingLeaks(networked, REDEPLOYS, "redeployment with clients");
      assertThat(meshy.acceptedSubmissions()).isEqualTo(REDEPLOYS + 2);
      int used = forgetsTraces() ? REDEPLOYS + 2 : 0;
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  traces.all().stream().filter(span -> span.name().equals("end model")).count()
                      == used);
    }
  }

  private void assertNothingLeaks(S server, int redeploys, String what) throws Exception {
    useAndRedeploy(server, true);
    useAndRedeploy(server, false); // what a server loads for its first redeployments stays
    Footprint before = footprint(server);
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < redeploys; i++) {
      took.add(useAndRedeploy(server, forgetsSockets()));
    }
    Footprint after =
        await() // what was cancelled is let go when its time has come
            .atMost(Duration.ofMinutes(1))
            .until(() -> footprint(server), found -> found.loaders() <= 1 + OLD_LOADERS);
    Collections.sort(took);
    measured(what + ", median of " + redeploys, seconds(took.get(redeploys / 2)));
    measured(what + ", footprint before and after " + redeploys, before + " " + after);
    assertThat(after.threads()).isLessThan(before.threads() + POOLED_THREADS);
    long more = Math.max(0, after.loaders() - before.loaders()); // each has the classes once
    assertThat(after.metaspace()).isLessThan(before.metaspace() + METASPACE_BYTES * (1 + 2 * more));
  }

  /** Whether the server lets a WebSocket's endpoint go with its connection. */
  boolean forgetsSockets() {
    return true;
  }

  /** Whether the server lets go of what it exports an application's traces with. */
  boolean forgetsTraces() {
    return true;
  }

  private Duration useAndRedeploy(S server, boolean withSocket) throws Exception {
    ApiClient api = new ApiClient(server.base());
    String id = api.create("used before it goes");
    api.awaitStatus(id, "IMAGE_COMPLETED");
    api.select(id, 0);
    api.awaitStatus(id, "MODEL_COMPLETED");
    HttpClient http = HttpClient.newHttpClient();
    List<EventStream> streams = new ArrayList<>();
    try {
      streams.add(EventStream.open(http, server.base().resolve("/api/tasks/stream")));
      if (withSocket) {
        streams.add(EventStream.openSocket(http, server.base().resolve("/ws/tasks")));
      }
      streams.forEach(stream -> stream.await(message -> message.type().equals("snapshot")));
      long began = System.nanoTime();
      server.redeploy(WAR);
      awaitAnswer(server, 200);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      streams.forEach(EventStream::awaitEnd); // clients are let go, and come back
      return took;
    } finally {
      for (EventStream stream : streams) {
        stream.close();
      }
    }
  }

  private void awaitAnswer(S server, int status) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.base() + "/api/statuses"))
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

  private Footprint footprint(S server) throws Exception {
    try (JMXConnector connector = server.jmx()) {
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
          loaders(jmx));
    }
  }

  /** How many times a class of the application is loaded, by as many class loaders. */
  private static long loaders(MBeanServerConnection jmx) throws Exception {
    String histogram =
        (String)
            jmx.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    return histogram.lines().filter(line -> line.endsWith(" " + Setting.class.getName())).count();
  }

  private static ThreadMXBean threads(MBeanServerConnection jmx) throws Exception {
    return ManagementFactory.newPlatformMXBeanProxy(
        jmx, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
  }

  /** After the application was taken away. */
  void assertNothingIsRunning() throws Exception {
    awaitAnswer(server(), 404);
    try (JMXConnector connector = server().jmx()) {
      MBeanServerConnection jmx = connector.getMBeanServerConnection();
      assertThat(jmx.queryNames(new ObjectName("io.maquette:*"), null)).isEmpty();
      await() // an idle thread of the server's notices within seconds
          .untilAsserted(
              () ->
                  assertThat(threads(jmx).dumpAllThreads(false, false))
                      .noneMatch(
                          thread ->
                              Arrays.stream(thread.getStackTrace())
                                  .anyMatch(
                                      frame -> frame.getClassName().startsWith("io.maquette."))));
    }
  }
}
