package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.S3Proxy;
import io.maquette.it.server.Server;
import io.maquette.it.simulator.MeshySimulator;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Tetrahedron;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole flow with its files in an S3 service that goes down and comes back on the way. */
@Tag("all")
@Tag("fault")
abstract class S3Contract {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  abstract Server start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException;

  @Test
  void a_sentence_becomes_a_model_despite_faults_of_the_s3_service() throws Exception {
    Path folder = Wars.freshFolder("s3");
    byte[] glb = Tetrahedron.glb(20 << 20);
    try (S3Proxy service = S3Proxy.start(folder.resolve("s3"));
        OpenAiSimulator pictures = new OpenAiSimulator();
        MeshySimulator meshy = new MeshySimulator(PictureSimulator.KEY)) {
      meshy.sculpt(glb, PictureSimulator.image("png", 64));
      Map<String, String> environment =
          new HashMap<>(
              new Environment(folder)
                  .at(pictures, "openai")
                  .at(meshy)
                  .with("MAQUETTE_PROVIDER_IMAGE", "openai")
                  .with("MAQUETTE_PROVIDER_MODEL", "meshy")
                  .with("MAQUETTE_RETRY_THROTTLED_DELAY", "PT0.5S")
                  .with("MAQUETTE_S3_PRESIGNED", "PT1M")
                  .values());
      environment.putAll(service.environment());
      try (Server server = start(folder, WAR, environment)) {
        ApiClient api = new ApiClient(server.base());
        service.kill();
        await().atMost(PATIENCE).until(() -> !server.isReady());
        String id = api.create("a fox");
        awaitWaiting(server, id, 2);
        assertThat(pictures.accepted()).as("paid for what could not be kept").isZero();
        service.startAgain();
        await().atMost(PATIENCE).until(server::isReady);
        JsonObject task = api.awaitStatus(id, "IMAGE_COMPLETED");
        String picture = task.getJsonArray("images").getJsonObject(3).getString("url");
        assertThat(api.bytes(picture)).isEqualTo(pictures.picture());

        meshy.hold("IN_PROGRESS", 50);
        api.select(id, 3);
        api.await(id, PATIENCE, ApiClient::hasJob);
        service.kill();
        meshy.goOn();
        awaitWaiting(server, id, 4);
        HttpResponse<byte[]> away = get(server, picture, "X-Nothing", "");
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().firstValue("Retry-After")).isPresent();
        service.startAgain();
        long back = System.nanoTime();
        task = api.awaitStatus(id, "MODEL_COMPLETED");
        Measured.since(back, "S3 service back, until the finished model was kept");
        assertThat(pictures.accepted()).isEqualTo(4);
        assertThat(meshy.acceptedSubmissions()).isEqualTo(1);
        Histories.assertLegalWalk(api.events(id), "MODEL_COMPLETED");

        assertDownloads(server, task.getJsonObject("model").getString("modelUrl"), glb);
        assertThat(service.content()).hasSize(3); // pictures, all alike, the model, its preview
        api.delete(id);
        await().atMost(PATIENCE).until(() -> service.content().isEmpty());

        assertThat(pictures.complaints()).isEmpty();
        assertThat(meshy.complaints()).isEmpty();
        assertThat(server.log()).doesNotContain(S3Proxy.SECRET_KEY);
      }
    }
  }

  /** Until a task has been put off so often, as the log tells, for want of the store. */
  private static void awaitWaiting(Server server, String id, int times) {
    await()
        .atMost(PATIENCE)
        .until(() -> server.log().split("Task " + id + " waits for the store", -1).length > times);
  }

  /** Who downloads is sent to the service; parts, what is known, and pages get it from here. */
  private static void assertDownloads(Server server, String model, byte[] glb) throws Exception {
    HttpResponse<byte[]> sent = get(server, model, "X-Nothing", "");
    assertThat(sent.statusCode()).isEqualTo(302);
    assertThat(sent.headers().firstValue("Cache-Control")).hasValue("private, no-store");
    HttpResponse<byte[]> there =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(sent.headers().firstValue("Location").orElseThrow()))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(there.statusCode()).isEqualTo(200);
    assertThat(there.body()).isEqualTo(glb);

    HttpResponse<byte[]> here = get(server, model + "&redirect=false", "X-Nothing", "");
    assertThat(here.statusCode()).isEqualTo(200);
    assertThat(here.body()).isEqualTo(glb);
    for (String header : new String[] {"Content-Type", "Content-Disposition"}) {
      assertThat(there.headers().firstValue(header)).isEqualTo(here.headers().firstValue(header));
    }
    HttpResponse<byte[]> part = get(server, model, "Range", "bytes=9000000-17000000");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(glb, 9_000_000, 17_000_001));
    String tag = here.headers().firstValue("ETag").orElseThrow();
    assertThat(get(server, model, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get(server, model + "&redirect=perhaps", "X-Nothing", "").statusCode())
        .isEqualTo(400);
  }

  private static HttpResponse<byte[]> get(Server server, String path, String header, String value)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(server.base().resolve(path))
            .timeout(PATIENCE)
            .header(header, value)
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }
}
