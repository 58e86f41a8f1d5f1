package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.Server;
import io.maquette.it.simulator.DashScopeSimulator;
import io.maquette.it.simulator.ForwardProxy;
import io.maquette.it.simulator.HunyuanSimulator;
import io.maquette.it.simulator.MeshySimulator;
import io.maquette.it.simulator.OddAnswers;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.SiliconFlowSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole flow over each wire that {@link TencentContract} does not use, by the whole WAR. */
@Tag("all")
abstract class ProvidersContract {

  /** Milliseconds an open circuit lets nothing through. */
  private static final String CIRCUIT_DELAY =
      "IO_MAQUETTE_PROVIDER_HUNYUAN_HUNYUANMODELPROVIDER_SUBMIT_CIRCUITBREAKER_DELAY";

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));

  abstract Server start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException;

  private static JsonObject completed(ApiClient api, String id) {
    return api.awaitStatus(id, "MODEL_COMPLETED").getJsonObject("model");
  }

  private static void assertIsGlb(byte[] file) {
    assertThat(file).startsWith('g', 'l', 'T', 'F');
  }

  @Test
  void openai_pictures_meshy_models_and_hunyuan_as_fallback() throws Exception {
    Path folder = Wars.freshFolder("meshy");
    try (OpenAiSimulator pictures = new OpenAiSimulator();
        MeshySimulator meshy = new MeshySimulator(PictureSimulator.KEY);
        HunyuanSimulator hunyuan = new HunyuanSimulator()) {
      Map<String, String> environment =
          new Environment(folder)
              .at(pictures, "openai")
              .at(meshy)
              .at(hunyuan)
              .with("MAQUETTE_PROVIDER_IMAGE", "openai")
              .with("MAQUETTE_PROVIDER_EDIT", "openai")
              .with("MAQUETTE_PROVIDER_PROMPT", "openai")
              .with("MAQUETTE_PROVIDER_MODEL", "meshy,hunyuan")
              .with("MAQUETTE_RETRY_UNKNOWN_DELAY", "PT0.5S")
              .with("MAQUETTE_RETRY_IMAGE_DELAY", "PT0.2S")
              .with("MAQUETTE_OPENAI_URL", pictures.url() + "/v1/?api-version=2026")
              .with("MAQUETTE_RETRY_OPERATOR_DELAY", "PT1S")
              .with("MAQUETTE_DWELL_INTERVAL", "PT1S")
              .values();
      try (Server server = start(folder, WAR, environment)) {
        ApiClient api = new ApiClient(server.base());
        tasksWaitWhileTheBaseAddressIsWrong(server, api, pictures);
        String id = api.create("a fox");
        api.awaitStatus(id, "IMAGE_COMPLETED");
        api.edit(id, 1, "把背景换成白色");
        api.await(id, Duration.ofMinutes(1), task -> task.getJsonArray("images").size() == 5);
        assertThat(pictures.received(pictures::isEdit)).hasSize(1);
        api.select(id, 4);
        JsonObject model = completed(api, id);
        assertIsGlb(api.bytes(model.getString("modelUrl")));
        assertThat(model.getString("previewUrl")).contains("/preview?v=");
        assertThat(api.bytes(model.getString("previewUrl"))).isNotEmpty();
        assertThat(hunyuan.acceptedSubmissions()).isZero();

        for (int trial = 0; trial < 20; trial++) { // one each second may ask there
          meshy.next(
              request -> request.method().equals("POST"),
              Simulator.instead(MeshySimulator.error(402, "Insufficient funds")));
        }
        api.select(id, 1);
        assertIsGlb(api.bytes(completed(api, id).getString("modelUrl")));
        assertThat(hunyuan.acceptedSubmissions()).isEqualTo(1);
        assertThat(api.events(id).toString()).contains("meshy -> hunyuan: OUT_OF_CREDIT");
        api.select(id, 2);
        completed(api, id);
        assertThat(meshy.acceptedSubmissions()).isEqualTo(1);
        assertThat(hunyuan.acceptedSubmissions()).isEqualTo(2);

        oddAnswersLeaveAllWorkersFree(api, pictures);

        assertThat(pictures.complaints()).isEmpty();
        assertThat(meshy.complaints()).isEmpty();
        assertThat(hunyuan.complaints()).isEmpty();
        assertThat(server.log()).doesNotContain(PictureSimulator.KEY);
      }
    }
  }

  /** Two answers say the same as usual, oddly; two are cut off and asked for once more. */
  private static void oddAnswersLeaveAllWorkersFree(ApiClient api, OpenAiSimulator pictures)
      throws Exception {
    int paid = pictures.accepted();
    pictures.next(pictures::isSubmission, OddAnswers.withContentType("text/plain"));
    pictures.next(
        pictures::isSubmission, Simulator.acceptThen(Answer.json(200, "{\"timings\":[1,2")));
    // between the two: a picture that is cut off twice ends its task, as a third one is not paid
    pictures.next(pictures::isSubmission, OddAnswers.withContentType(null));
    pictures.next(
        pictures::isSubmission,
        Simulator.acceptThen(Answer.json(200, "{\"timings\":" + "{\"a\":".repeat(50_000))));
    String id = api.create("an owl");
    api.awaitStatus(id, "IMAGE_COMPLETED");
    assertThat(pictures.accepted() - paid).as("two are paid for twice").isEqualTo(6);

    pictures.next(pictures::isSubmission, OddAnswers.withContentType("application/octet-stream"));
    pictures.next(pictures::isSubmission, Simulator.instead(Answer.json(500, "{}")));
    paid = pictures.accepted();
    api.awaitStatus(api.create("a crow"), "IMAGE_COMPLETED");
    assertThat(pictures.accepted() - paid).as("a refusal is not paid for").isEqualTo(4);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(api.workers().getJsonArray("workers"))
                    .allSatisfy(
                        worker ->
                            assertThat(worker.asJsonObject().getJsonArray("work")).isEmpty()));
  }

  /** Nothing is charged or failed, and the reason is shown once. */
  private static void tasksWaitWhileTheBaseAddressIsWrong(
      Server server, ApiClient api, OpenAiSimulator pictures) throws Exception {
    pictures.liesAt("/elsewhere");
    String first = api.create("a cat");
    String second = api.create("a dog");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                server.readiness().contains("MISCONFIGURED since")
                    && server.readiness().contains("check maquette.openai.url: HTTP 404"));
    assertThat(server.readiness()).contains("templates in use, because of MISCONFIGURED");
    assertThat(metrics(api))
        .contains("maquette_provider_state{provider=\"openai\",state=\"MISCONFIGURED\"} 1.0");
    api.await(
        first,
        Duration.ofMinutes(1),
        task ->
            task.get("overdue") instanceof JsonObject overdue
                && overdue.getString("waitsFor").equals("OPERATOR"));
    assertThat(pictures.accepted()).isZero();
    assertThat(api.events(first).toString()).doesNotContain("ATTEMPT_FAILED");
    pictures.next(
        pictures::isSubmission,
        Simulator.instead(
            Answer.file("text/html", "<html><title>x</title>".getBytes(StandardCharsets.UTF_8))));
    pictures.liesAt("/v1");
    api.awaitStatus(first, "IMAGE_COMPLETED");
    api.awaitStatus(second, "IMAGE_COMPLETED");
    assertThat(pictures.accepted()).isEqualTo(8);
    assertThat(pictures.received(pictures::isSubmission))
        .allMatch(sent -> "api-version=2026".equals(sent.uri().getQuery()));
    assertThat(server.log().lines().filter(line -> line.contains("openai needs an operator")))
        .hasSize(1);
    assertThat(server.readiness()).doesNotContain("MISCONFIGURED since");
  }

  @Test
  void dashscope_pictures_and_hunyuan_models_succeed_despite_faults() throws Exception {
    Path folder = Wars.freshFolder("dashscope");
    try (DashScopeSimulator pictures = new DashScopeSimulator();
        HunyuanSimulator hunyuan = new HunyuanSimulator()) {
      Map<String, String> environment =
          new Environment(folder)
              .at(pictures, "dashscope")
              .at(hunyuan)
              .with("MAQUETTE_PROVIDER_IMAGE", "dashscope")
              .with("MAQUETTE_PROVIDER_MODEL", "hunyuan")
              .with("MAQUETTE_RETRY_UNKNOWN_DELAY", "PT0.5S")
              .with("MAQUETTE_RETRY_MODEL_DELAY", "PT0.2S")
              .with("MAQUETTE_RETRY_DOWN_DELAY", "PT1S")
              .with("MAQUETTE_RETRY_MAX", "10")
              .with(CIRCUIT_DELAY, "5000")
              .values();
      try (Server server = start(folder, WAR, environment)) {
        ApiClient api = new ApiClient(server.base());
        pictures.next(pictures::isSubmission, Simulator.acceptThenDrop());
        String id = api.create("a fox");
        api.awaitStatus(id, "IMAGE_COMPLETED");
        assertThat(pictures.accepted()).as("found, not submitted again").isEqualTo(4);
        assertThat(pictures.received(pictures::isListing)).isNotEmpty();
        assertThat(api.events(id).toString()).doesNotContain("SUBMITTED_AGAIN");

        api.select(id, 3);
        JsonObject model = completed(api, id);
        assertIsGlb(api.bytes(model.getString("modelUrl")));
        assertThat(model.getString("previewUrl")).contains("/images/3?v=");
        assertThat(server.readiness()).contains("\"hunyuan\"").contains("in use");

        hunyuan.always(
            request -> request.method().equals("POST"), Simulator.instead(Answer.json(503, "{}")));
        api.select(id, 0);
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> server.readiness().contains("DOWN since"));
        assertThat(metrics(api))
            .contains(state("DOWN") + " 1.0")
            .contains(state("IN_USE") + " 0.0");
        hunyuan.recover();
        assertIsGlb(api.bytes(completed(api, id).getString("modelUrl")));
        assertThat(server.readiness()).doesNotContain("DOWN since");
        assertThat(metrics(api)).contains(state("IN_USE") + " 1.0");

        assertThat(hunyuan.acceptedSubmissions()).isEqualTo(2);
        assertThat(pictures.complaints()).isEmpty();
        assertThat(hunyuan.complaints()).isEmpty();
      }
    }
  }

  /** Where pictures lie that the settings do not know of. */
  private static final class Elsewhere extends Simulator {
    @Override
    protected Answer answer(Received request) {
      return Answer.file("image/png", PictureSimulator.image("png", 64));
    }
  }

  @Test
  void a_picture_that_cannot_be_fetched_is_paid_for_once_and_fetched_when_the_operator_has_acted()
      throws Exception {
    Path folder = Wars.freshFolder("unfetched");
    try (SiliconFlowSimulator pictures = new SiliconFlowSimulator();
        Elsewhere elsewhere = new Elsewhere()) {
      pictures.sayTheyLieAt(elsewhere.url() + "/1.png?Signature=secret");
      Environment environment =
          new Environment(folder)
              .at(pictures, "siliconflow")
              .with("MAQUETTE_PROVIDER_IMAGE", "siliconflow");
      String first;
      try (Server server = start(folder, WAR, environment.values())) {
        ApiClient api = new ApiClient(server.base());
        first = api.create("a fox");
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> server.readiness().contains("UNFETCHED since"));
        assertThat(server.readiness()).contains("maquette.download.allowed-hosts");
        assertThat(metrics(api))
            .contains("maquette_provider_state{provider=\"siliconflow\",state=\"UNFETCHED\"} 1.0");
        server.kill(); // nothing of that is in memory alone
      }
      String second;
      try (Server server = start(folder, WAR, environment.values())) {
        second = new ApiClient(server.base()).create("a hare");
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> server.readiness().contains("UNFETCHED since"));
        assertThat(pictures.accepted()).isEqualTo(1);
        assertThat(elsewhere.received()).isEmpty();
        assertThat(server.log()).doesNotContain("Signature=");
      }
      environment.with("MAQUETTE_DOWNLOAD_ALLOWED_HOSTS", pictures.host() + "," + elsewhere.host());
      try (Server server = start(folder, WAR, environment.values())) {
        ApiClient api = new ApiClient(server.base());
        api.awaitStatus(first, "IMAGE_COMPLETED");
        api.awaitStatus(second, "IMAGE_COMPLETED");
        assertThat(pictures.accepted()).isEqualTo(8);
        assertThat(server.readiness()).doesNotContain("UNFETCHED");
      }
      assertThat(pictures.complaints()).isEmpty();
    }
  }

  @Test
  void calls_and_downloads_go_through_the_proxy_of_the_jvm() throws Exception {
    Path folder = Wars.freshFolder("proxied");
    try (ForwardProxy proxy = new ForwardProxy();
        SiliconFlowSimulator pictures = new SiliconFlowSimulator();
        MeshySimulator meshy = new MeshySimulator(PictureSimulator.KEY)) {
      Map<String, String> environment =
          new Environment(folder)
              .at(pictures, "siliconflow")
              .at(meshy)
              .with("MAQUETTE_PROVIDER_IMAGE", "siliconflow")
              .with("MAQUETTE_PROVIDER_MODEL", "meshy")
              .with(
                  "JAVA_TOOL_OPTIONS",
                  "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort="
                      + proxy.port()
                      + " -Dhttp.nonProxyHosts=")
              .values();
      try (Server server = start(folder, WAR, environment)) {
        ApiClient api = new ApiClient(server.base());
        String id = api.create("a fox");
        api.awaitStatus(id, "IMAGE_COMPLETED");
        api.select(id, 0);
        assertIsGlb(api.bytes(completed(api, id).getString("modelUrl")));
        String first = pictures.url().toString();
        assertThat(proxy.requests())
            .anyMatch(line -> line.startsWith("POST " + first + "/v1/images/generations"))
            .anyMatch(line -> line.startsWith("GET " + first + "/files/"))
            .anyMatch(line -> line.startsWith("POST " + meshy.url() + "/openapi"))
            .anyMatch(line -> line.contains("model.glb"));
      }
      assertThat(pictures.complaints()).isEmpty();
      assertThat(meshy.complaints()).isEmpty();
    }
  }

  private static String metrics(ApiClient api) throws Exception {
    return new String(api.bytes("/api/metrics"), StandardCharsets.UTF_8);
  }

  private static String state(String name) {
    return "maquette_provider_state{provider=\"hunyuan\",state=\"" + name + "\"}";
  }
}
