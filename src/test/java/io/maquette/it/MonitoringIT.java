package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.Tool;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.monitoring.MetricDefinition;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two nodes under a real Prometheus, by the files in {@code server-config/monitoring}: of the rules
 * only the times are shortened. Not run where Prometheus is not. In this order.
 */
@Tag("all")
@Tag("fault")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitoringIT {

  private static final Path FILES = Path.of("server-config", "monitoring").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int QUEUE = 16;

  private final Path folder = Wars.freshFolder("monitoring");
  private final HttpClient http = HttpClient.newHttpClient();
  private Standstill providers;
  private PayaraMicro north;
  private PayaraMicro south;
  private Map<String, String> environmentOfSouth;
  private Process prometheus;
  private URI prometheusAddress;
  private final List<String> tasks = new ArrayList<>();

  @BeforeAll
  void start() throws Exception {
    Path program = Tool.PROMETHEUS.require();
    Tool.PROMTOOL.require();
    String database = Wars.freshPostgres("monitoring");
    providers = new Standstill(database);
    Environment environment =
        providers
            .environment(folder)
            .onPostgres(database)
            .with("MAQUETTE_NODE_GONE_AFTER", "PT4S")
            .with("MAQUETTE_MODEL_CONCURRENCY", "2")
            .with("MAQUETTE_RETRY_MODEL_DELAY", "PT0.1S")
            .with("MAQUETTE_RETRY_DOWN_DELAY", "PT1S")
            .with("MAQUETTE_DWELL_TARGETS", "MODEL_PENDING=PT3S")
            .with("MAQUETTE_DWELL_INTERVAL", "PT1S");
    environmentOfSouth = environment.with("MAQUETTE_NODE_NAME", "south").values();
    north =
        PayaraMicro.start(
            folder.resolve("north"),
            Path.of(System.getProperty("maquette.war")),
            environment.with("MAQUETTE_NODE_NAME", "north").values());
    south = startSouth();
    startPrometheus(program);
  }

  private PayaraMicro startSouth() throws IOException {
    return PayaraMicro.start(
        folder.resolve("south"), Path.of(System.getProperty("maquette.war")), environmentOfSouth);
  }

  private void startPrometheus(Path program) throws IOException {
    String rules = Files.readString(FILES.resolve("maquette.rules.yml"));
    Files.writeString(
        folder.resolve("maquette.rules.yml"),
        rules.replaceAll("for: [0-9]+m", "for: 1s").replaceAll("\\[[0-9]+m]", "[15s]"));
    String config = Files.readString(FILES.resolve("prometheus.yml"));
    Path file = folder.resolve("prometheus.yml");
    Files.writeString(
        file,
        config
            .replace("15s", "1s")
            .replace(
                "[\"localhost:8080\"]",
                "[\"%s\", \"%s\"]"
                    .formatted(north.base().getAuthority(), south.base().getAuthority())));
    Files.writeString(folder.resolve("maquette.token"), "is not asked for on this machine");
    int port = Server.freePorts(0);
    prometheusAddress = URI.create("http://127.0.0.1:" + port);
    prometheus =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> get("/-/ready").statusCode() == 200);
    await().atMost(PATIENCE).until(() -> query("sum(up)").equals(List.of("2")));
  }

  @AfterAll
  void stop() throws Exception {
    if (prometheus != null) {
      prometheus.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    for (PayaraMicro node : new PayaraMicro[] {north, south}) {
      if (node != null) {
        node.close();
      }
    }
    if (providers != null) {
      providers.close();
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(prometheusAddress.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The values a query has now. */
  private List<String> query(String query) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as("%s: %s", query, answer.body()).isEqualTo(200);
    return read(answer.body()).getJsonObject("data").getJsonArray("result").stream()
        .map(sample -> sample.asJsonObject().getJsonArray("value").getString(1))
        .toList();
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  private boolean fires(String alert, String labels) throws Exception {
    return !query("ALERTS{alertstate=\"firing\",alertname=\"%s\",%s}".formatted(alert, labels))
        .isEmpty();
  }

  private void awaitAlert(String alert, String labels) {
    await(alert).atMost(PATIENCE).until(() -> fires(alert, labels));
  }

  private void awaitAllClear(String alert, String labels) {
    await("no " + alert).atMost(PATIENCE).until(() -> !fires(alert, labels));
  }

  private ApiClient api() {
    return new ApiClient(north.base());
  }

  @Test
  @Order(1)
  void the_alert_rules_pass_their_tests() throws Exception {
    Process test =
        new ProcessBuilder(
                Tool.PROMTOOL.require().toString(), "test", "rules", "maquette.rules.test.yml")
            .directory(FILES.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(test.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(test.waitFor()).as(said).isZero();
  }

  @Test
  @Order(2)
  void an_overdue_task_and_a_growing_queue_are_reported() throws Exception {
    for (int task = 0; task < QUEUE + 2; task++) {
      tasks.add(api().create("task " + task));
    }
    tasks.forEach(id -> api().awaitStatus(id, "IMAGE_COMPLETED"));
    String first = tasks.get(0);
    api().select(first, 0);
    api().awaitStatus(first, "MODEL_COMPLETED");

    providers.models.hold("IN_PROGRESS", 40);
    for (String id : tasks.subList(1, 4)) {
      api().select(id, 0);
    }
    String stuck = tasks.get(3);
    awaitAlert("MaquetteTaskStuck", "status=\"MODEL_PENDING\",waits_for=\"ROOM\"");
    JsonObject overdue = api().get(stuck).getJsonObject("overdue");
    assertThat(overdue.getString("waitsFor")).isEqualTo("ROOM");
    assertThat(overdue.getInt("targetSeconds")).isEqualTo(3);
    assertThat(api().events(stuck).getValuesAs(JsonObject.class))
        .filteredOn(event -> event.getString("type").equals("OVERDUE"))
        .as("noticed once, whichever nodes look")
        .hasSize(1);

    for (String id : tasks.subList(4, 11)) {
      api().select(id, 0);
    }
    awaitWaiting(8);
    for (String id : tasks.subList(11, tasks.size())) {
      api().select(id, 0);
    }
    awaitAlert("MaquetteQueueGrowing", "status=\"MODEL_PENDING\"");
    assertThat((north.log() + south.log()).split("overdue in MODEL_PENDING", -1))
        .as("told in the log of one node, once")
        .hasSize(2);

    providers.models.goOn();
    tasks.subList(1, tasks.size()).forEach(id -> api().awaitStatus(id, "MODEL_COMPLETED"));
    awaitAllClear("MaquetteTaskStuck", "status=\"MODEL_PENDING\"");
    awaitAllClear("MaquetteQueueGrowing", "status=\"MODEL_PENDING\"");
    await()
        .atMost(PATIENCE)
        .until(() -> (north.log() + south.log()).matches("(?s).*Resolved: .*MODEL_PENDING.*"));
    assertThat(api().get(stuck).get("overdue")).isEqualTo(JsonValue.NULL);
  }

  private void awaitWaiting(int tasksWaiting) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                query("max(maquette_tasks{status=\"MODEL_PENDING\"})")
                    .equals(List.of(Integer.toString(tasksWaiting))));
  }

  @Test
  @Order(3)
  void every_query_of_the_dashboard_returns_data() throws Exception {
    JsonArray panels =
        read(Files.readString(FILES.resolve("grafana-dashboard.json"))).getJsonArray("panels");
    List<String> empty = new ArrayList<>();
    for (JsonObject panel : panels.getValuesAs(JsonObject.class)) {
      for (JsonObject target : panel.getJsonArray("targets").getValuesAs(JsonObject.class)) {
        String query = target.getString("expr").replace("$__rate_interval", "1m");
        if (query(query).isEmpty()) {
          empty.add(panel.getString("title") + ": " + query);
        }
      }
    }
    assertThat(empty).isEmpty();
    for (MetricDefinition measure : MetricDefinition.values()) {
      String name =
          measure.prometheusName()
              + (measure.kind() == MetricDefinition.Kind.TIMER ? "_count" : "");
      assertThat(query("count(last_over_time(" + name + "[10m]))")).as(name).isNotEmpty();
    }
  }

  @Test
  @Order(4)
  void a_provider_that_is_down_is_reported() throws Exception {
    String down = "provider=\"meshy\",state=\"DOWN\"";
    providers.models.always(
        request -> request.method().equals("POST"),
        Simulator.instead(Answer.json(503, "{\"message\":\"\"}")));
    for (String id : tasks.subList(0, 8)) {
      api().await(id, PATIENCE, MonitoringIT::canChoose);
      api().select(id, 1);
    }
    awaitAlert("MaquetteProviderDown", down);
    providers.models.recover();
    // a node takes it for down until something goes well there
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              for (String id : tasks) {
                if (canChoose(api().get(id))) {
                  api().select(id, 2);
                }
              }
              return !fires("MaquetteProviderDown", down);
            });
  }

  private static boolean canChoose(JsonObject task) {
    return task.getJsonArray("allowedActions").toString().contains("SELECT_IMAGE");
  }

  @Test
  @Order(5)
  void a_dead_node_is_reported() throws Exception {
    south.kill();
    awaitAlert("MaquetteNodeGone", "node=\"south\"");
    awaitAlert("MaquetteNodeUnreachable", "instance=\"%s\"".formatted(south.base().getAuthority()));
    south = startSouth(); // at another port, which nobody scrapes
    awaitAllClear("MaquetteNodeGone", "node=\"south\"");
  }
}
