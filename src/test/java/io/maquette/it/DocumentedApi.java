package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.http.ProblemCode;
import io.maquette.monitoring.MetricDefinition;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tests of the catalogue of statuses, health, metrics, the OpenAPI document and its pages. */
interface DocumentedApi extends ApiCalls {

  /** Base address of the health resources; empty if it is the root of the server. */
  String HEALTH = System.getProperty("it.health", "");

  /** Base address of the server's own resources, which are outside the context root. */
  private HttpResponse<String> getFromServer(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(base().resolve(path)).timeout(Duration.ofMinutes(1)));
  }

  @Test
  default void the_catalogue_has_every_status_and_workers_report_their_work() throws Exception {
    JsonArray statuses = parse(get("/api/statuses")).getJsonArray("data");
    assertThat(statuses).hasSize(9);
    assertThat(statuses).allMatch(status -> status.asJsonObject().containsKey("screens"));
    JsonObject workers = data(get("/api/workers/status"));
    assertThat(workers.getJsonArray("workers")).hasSize(4);
    assertThat(workers.getJsonObject("queues").keySet())
        .containsExactlyInAnyOrder(
            "IMAGE_PENDING",
            "IMAGE_GENERATING",
            "IMAGE_EDITING",
            "MODEL_PENDING",
            "MODEL_GENERATING");
    JsonObject here = workers.getJsonArray("nodes").getJsonObject(0);
    assertThat(here.getString("name")).isEqualTo(workers.getString("node"));
    assertThat(here.getString("state")).isEqualTo("UP");
    assertThat(here.getString("version")).startsWith("0.");
    assertThat(here.getString("hands")).startsWith("pictures 3, edits 3, model-submitter ");
  }

  @Test
  default void readiness_covers_pages_database_store_and_workers() throws Exception {
    HttpResponse<String> health = getFromServer(HEALTH + "/health/ready");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("\"pages\"", "\"database\"", "\"store\"", "\"workers\"");
    assertThat(getFromServer(HEALTH + "/health/live").statusCode()).isEqualTo(200);
    assertThat(getFromServer(HEALTH + "/health/started").statusCode()).isEqualTo(200);
  }

  @Test
  default void openapi_lists_every_route_and_every_code() throws Exception {
    HttpResponse<String> document = getFromServer("/openapi?format=JSON");
    JsonObject openapi = parse(document);
    assertThat(openapi.getJsonObject("paths").keySet())
        .containsExactlyInAnyOrderElementsOf(Routes.paths());
    for (String path : Routes.paths()) {
      Set<String> methods =
          new TreeSet<>(openapi.getJsonObject("paths").getJsonObject(path).keySet());
      methods.remove("parameters");
      assertThat(methods).as(path).containsExactlyInAnyOrderElementsOf(Routes.methods(path));
    }
    JsonObject responses = openapi.getJsonObject("components").getJsonObject("responses");
    for (ProblemCode code : ProblemCode.values()) {
      if (!responses.containsKey(code.name())) { // shares a status, and so a response, with others
        assertThat(responses.values())
            .as(code.name())
            .anyMatch(
                response ->
                    response
                        .asJsonObject()
                        .getString("description", "")
                        .contains("`" + code + "`"));
        continue;
      }
      assertThat(document.body()).contains("#/components/responses/" + code.name());
      JsonObject example =
          responses
              .getJsonObject(code.name())
              .getJsonObject("content")
              .getJsonObject("application/problem+json")
              .getJsonObject("example");
      assertThat(example.getString("code")).isEqualTo(code.name());
      assertThat(example.getInt("status")).isEqualTo(code.status());
    }
  }

  @Test
  default void the_api_page_needs_no_other_host() throws Exception {
    HttpResponse<String> page = get("/api-docs.html");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("http://", "https://");
    for (String part :
        List.of(
            "/webjars/swagger-ui/5.34.1/swagger-ui.css",
            "/webjars/swagger-ui/5.34.1/swagger-ui-bundle.js",
            "/assets/api-docs.js",
            "/assets/page.css",
            "/assets/icon.svg",
            "/favicon.ico",
            "/manifest.webmanifest",
            "/")) {
      HttpResponse<String> answer = get(part);
      assertThat(answer.statusCode()).as(part).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'");
    }
  }

  @Test
  default void browsers_get_a_page_for_an_error_and_programs_get_json() throws Exception {
    String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (String language : List.of("zh", "en")) {
      HttpResponse<String> page =
          send(to("/no/such-page?lang=" + language).header("Accept", browser));
      assertThat(page.statusCode()).isEqualTo(404);
      assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(page.body())
          .contains(
              "<html lang=\"" + language,
              language.equals("zh") ? "页面不存在" : "This page does not exist")
          .doesNotContain("{root}", "{heading}");
    }
    for (Map.Entry<String, String> asked :
        Map.of("/no/such-page", "*/*", "/api/no-such-resource", browser).entrySet()) {
      HttpResponse<String> json = send(to(asked.getKey()).header("Accept", asked.getValue()));
      assertThat(json.statusCode()).as(asked.getKey()).isEqualTo(404);
      assertThat(json.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/problem+json");
    }
  }

  @Test
  default void metrics_are_the_same_on_every_server() throws Exception {
    HttpResponse<String> metrics = get("/api/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(metrics.body().lines())
        .contains(
            "maquette_provider_state{provider=\"local\",state=\"IN_USE\"} 1.0",
            "maquette_provider_state{provider=\"local\",state=\"DOWN\"} 0.0",
            "maquette_database_up 1.0");
    Map<String, String> documented = new TreeMap<>();
    for (MetricDefinition measure : MetricDefinition.values()) {
      documented.put(
          measure.prometheusName(),
          measure.kind() == MetricDefinition.Kind.TIMER
              ? "histogram"
              : measure.kind().name().toLowerCase(Locale.ROOT));
    }
    Map<String, String> exported = new TreeMap<>();
    metrics
        .body()
        .lines()
        .filter(line -> line.matches("# TYPE maquette_.*(?<!_max) .*"))
        .forEach(line -> exported.put(line.split(" ", -1)[2], line.split(" ", -1)[3]));
    assertThat(documented).as("exported metrics are documented").containsAllEntriesOf(exported);
    // exported only with a value
    documented.values().removeIf("histogram"::equals);
    documented.remove(MetricDefinition.OVERDUE.prometheusName());
    documented.remove(MetricDefinition.STATE_P95.prometheusName());
    documented.remove(MetricDefinition.PROVIDER_RETIREMENT.prometheusName());
    assertThat(exported).as("documented metrics are exported").containsAllEntriesOf(documented);
  }

  @Test
  default void the_pages_need_no_other_host() throws Exception {
    for (String page : List.of("/", "/index.html", "/workspace.html", "/history.html")) {
      HttpResponse<String> answer = get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("http://", "https://");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'", "script-src 'self' 'sha256-")
          .doesNotContain("unsafe");
    }
    for (String script :
        List.of(
            "/assets/js/pages/workspace.js",
            "/webjars/three/0.181.1/build/three.module.min.js",
            "/webjars/three/0.181.1/build/three.core.min.js",
            "/webjars/three/0.181.1/examples/jsm/loaders/GLTFLoader.js",
            "/webjars/three/0.181.1/examples/jsm/utils/BufferGeometryUtils.js",
            "/webjars/three/0.181.1/examples/jsm/controls/OrbitControls.js",
            "/webjars/three/0.181.1/examples/jsm/environments/RoomEnvironment.js")) {
      HttpResponse<String> answer = get(script);
      assertThat(answer.statusCode()).as(script).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
    }
  }
}
