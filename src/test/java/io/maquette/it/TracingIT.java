package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.Collector.Told;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import io.maquette.it.server.WildFly;
import io.maquette.it.simulator.MeshySimulator;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Received;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Test of a task's traces and logs on two nodes with different servers. The request comes to Payara
 * Micro, whose only thread is busy, and WildFly generates the pictures.
 */
@Tag("all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracingIT {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));
  private static final String PROMPT = "a heron nobody shall read of";
  private static final String SAMPLED = "-01";
  private static final int POLLS = 6;

  private final Path folder = Wars.freshFolder("tracing");
  private final String database = Wars.freshPostgres("tracing");
  private final HttpClient http = HttpClient.newHttpClient();
  private Collector collector;
  private OpenAiSimulator pictures;
  private MeshySimulator models;
  private Server payara;
  private Server wildfly;

  private Map<String, String> environment(String node) {
    return new Environment(folder)
        .onPostgres(database)
        .at(pictures, "openai")
        .at(models)
        .with("MAQUETTE_NODE_NAME", node)
        .with("MAQUETTE_PROVIDER_IMAGE", "openai")
        .with("MAQUETTE_PROVIDER_MODEL", "meshy")
        .with("MAQUETTE_IMAGE_CONCURRENCY", node.equals("payara") ? "1" : "3")
        .with("MAQUETTE_RETRY_IMAGE_DELAY", "PT0.1S")
        .with("MAQUETTE_LOG_JSON", log(node).toString())
        .tracedAt(collector, node)
        .values();
  }

  private Path log(String node) {
    return folder.resolve("logs").resolve(node + ".json");
  }

  @BeforeAll
  void start() throws Exception {
    collector = new Collector();
    pictures = new OpenAiSimulator();
    models = new MeshySimulator(PictureSimulator.KEY);
    models.pollsUntilDone(POLLS);
    payara = PayaraMicro.start(folder.resolve("payara"), WAR, environment("payara"));
    wildfly =
        WildFly.start(
            Files.createDirectories(folder.resolve("wildfly")), WAR, environment("wildfly"));
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable one : new AutoCloseable[] {payara, wildfly, pictures, models, collector}) {
      if (one != null) {
        one.close();
      }
    }
  }

  /** A request as part of a trace that its client has begun. */
  private JsonObject send(Server to, String trace, String method, String path, JsonObject body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(to.base() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("traceparent", "00-" + trace + "-" + random(8) + SAMPLED)
            .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
    return read(response.body()).getJsonObject("data");
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  private static String random(int bytes) {
    byte[] id = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private String create(String trace, String prompt) throws Exception {
    return send(
            payara,
            trace,
            "POST",
            "/api/tasks",
            Json.createObjectBuilder().add("prompt", prompt).build())
        .getString("id");
  }

  /** Waits for a span of a trace. */
  private Told awaitSpan(String trace, String name) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> collector.of(trace).filter(span -> span.name().equals(name)).findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private List<Told> named(String trace, String name) {
    return collector.of(trace).filter(span -> span.name().equals(name)).toList();
  }

  private List<Told> partsOf(Told span) {
    return collector.of(span.trace()).filter(one -> one.parent().equals(span.id())).toList();
  }

  private static String traceOf(Received request) {
    return request.header("traceparent");
  }

  private List<JsonObject> logged(String node, String task) throws IOException {
    return Files.readAllLines(Path.of(log(node) + ".0")).stream()
        .map(TracingIT::read)
        .filter(line -> task.equals(line.getString("labels.task", null)))
        .toList();
  }

  @Test
  void one_trace_leads_from_the_request_over_the_nodes_to_the_providers() throws Exception {
    Semaphore permits = new Semaphore(0);
    pictures.always(pictures::isSubmission, pictures.whenPermitted(permits));
    String otherTrace = null;
    String other = null;
    ApiClient atPayara = new ApiClient(payara.base());
    for (int held = 1; !isBusy(atPayara); held++) { // the other node may take one first
      otherTrace = random(16);
      other = create(otherTrace, "held");
      int submissions = held;
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> pictures.received(pictures::isSubmission).size() == submissions);
    }
    pictures.recover();

    pictures.next(pictures::isSubmission, Simulator.instead(Simulator.Answer.json(503, "{}")));
    String trace = random(16);
    String id = create(trace, PROMPT);
    atPayara.awaitStatus(id, "IMAGE_COMPLETED");
    send(
        wildfly,
        trace,
        "PATCH",
        "/api/tasks/" + id,
        Json.createObjectBuilder().add("selectedImageIndex", 1).build());
    atPayara.awaitStatus(id, "MODEL_COMPLETED");
    awaitSpan(trace, "end model");

    Told failed = named(trace, "make pictures").get(0);
    for (Told step : named(trace, "make pictures")) {
      assertThat(step.node()).isEqualTo("wildfly");
      assertThat(step.from()).containsEntry("service.instance.id", "wildfly");
      assertThat(step.attributes())
          .containsEntry("maquette.task", id)
          .containsEntry("maquette.user", "dev")
          .containsEntry("maquette.stage", "IMAGE");
      Told request = collector.find(step.parent()).orElseThrow();
      assertThat(request.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
      assertThat(request.from()).containsEntry("service.instance.id", "payara");
      assertThat(request.attributes()).containsEntry("maquette.task", id);
    }
    assertThat(
            named(trace, "make pictures").stream()
                .map(step -> step.attributes().get("maquette.attempt")))
        .containsExactly("1", "2");
    List<Told> calls = named(trace, "generate at openai");
    assertThat(calls).hasSize(5);
    assertThat(calls.stream().map(call -> call.attributes().get("maquette.outcome")))
        .containsExactly("unavailable", "ok", "ok", "ok", "ok");
    assertThat(partsOf(failed)).containsExactly(calls.get(0));
    assertThat(calls.get(0).failed()).isTrue();
    assertThat(calls.stream().map(Told::kind)).containsOnly(SpanKind.SPAN_KIND_CLIENT);
    Set<String> wires = // the server's own span of the request, where it makes one
        calls.stream()
            .flatMap(call -> Stream.concat(Stream.of(call), partsOf(call).stream()))
            .map(Told::id)
            .collect(Collectors.toSet());
    assertThat(
            pictures.received(pictures::isSubmission).stream()
                .map(TracingIT::traceOf)
                .filter(header -> header != null && header.contains(trace)))
        .hasSize(5)
        .allMatch(header -> header.endsWith(SAMPLED))
        .allMatch(header -> wires.contains(header.substring(36, 52)));

    Told submission = awaitSpan(trace, "submit model");
    Told choice = collector.find(submission.parent()).orElseThrow();
    assertThat(choice.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
    assertThat(choice.from()).containsEntry("service.instance.id", "wildfly");
    assertThat(partsOf(submission).stream().map(Told::name)).containsExactly("submit at meshy");
    assertThat(awaitSpan(trace, "end model").parent()).isEqualTo(choice.id());
    assertThat(named(trace, "query at meshy")).as("asking is not told").isEmpty();
    assertThat(
            models.received(request -> request.method().equals("GET") && traceOf(request) != null))
        .hasSizeGreaterThanOrEqualTo(POLLS - 1)
        .allMatch(request -> traceOf(request).contains(trace) && traceOf(request).endsWith("-00"));
    assertThat(collector.of(trace)).hasSizeLessThan(40);

    assertThat(logged("wildfly", id))
        .anySatisfy(
            line -> {
              assertThat(line.getString("message")).contains("UNAVAILABLE");
              assertThat(line.getString("trace.id")).isEqualTo(trace);
              assertThat(line.getString("span.id")).isEqualTo(failed.id());
              assertThat(line.getString("user.id")).isEqualTo("dev");
              assertThat(line.getString("service.node.name")).isEqualTo("wildfly");
              assertThat(line.getString("labels.attempt")).isEqualTo("1");
              assertThat(line.getString("labels.stage")).isEqualTo("IMAGE");
            });

    permits.release(100); // and now Payara's own
    atPayara.awaitStatus(other, "IMAGE_COMPLETED");
    Told own = awaitSpan(otherTrace, "make pictures");
    assertThat(own.node()).isEqualTo("payara");
    assertThat(collector.find(own.parent()).orElseThrow().kind())
        .isEqualTo(SpanKind.SPAN_KIND_SERVER);
    List<Told> ownCalls = partsOf(own);
    assertThat(ownCalls.stream().map(Told::name)).containsOnly("generate at openai").hasSize(4);
    assertThat(partsOf(ownCalls.get(0)).get(0).kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);

    for (Told span : collector.all()) {
      assertThat(span.toString()).doesNotContain(PROMPT).doesNotContain(PictureSimulator.KEY);
    }
    for (String node : List.of("payara", "wildfly")) {
      assertThat(Files.readString(Path.of(log(node) + ".0")))
          .doesNotContain(PROMPT)
          .doesNotContain(PictureSimulator.KEY);
    }
  }

  private static boolean isBusy(ApiClient node) throws Exception {
    return node.workers().getJsonArray("workers").stream()
        .map(worker -> worker.asJsonObject())
        .anyMatch(
            worker -> worker.getString("name").equals("pictures") && worker.getInt("busy") == 1);
  }
}
