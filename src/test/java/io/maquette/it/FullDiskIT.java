package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import io.maquette.it.simulator.MeshySimulator;
import io.maquette.it.simulator.OpenAiSimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.Tetrahedron;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The disk under the store is full, or read-only: steps wait and go on by themselves, nothing is
 * asked for that could not be kept, no half file is left, and readiness tells.
 */
@Tag("all")
@Tag("fault")
class FullDiskIT {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void steps_wait_while_the_disk_is_full_or_read_only_and_continue_afterwards() throws Exception {
    Path folder = Wars.freshFolder("full-disk");
    try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"));
        OpenAiSimulator pictures = new OpenAiSimulator();
        MeshySimulator meshy = new MeshySimulator(PictureSimulator.KEY)) {
      meshy.sculpt(Tetrahedron.glb(5 << 20), PictureSimulator.image("png", 64));
      Path files = disk.folder().resolve("files");
      Map<String, String> environment =
          new Environment(folder)
              .at(pictures, "openai")
              .at(meshy)
              .with("MAQUETTE_STORE_DIR", files.toString())
              .with("MAQUETTE_PROVIDER_IMAGE", "openai")
              .with("MAQUETTE_PROVIDER_MODEL", "meshy")
              .with("MAQUETTE_RETRY_THROTTLED_DELAY", "PT0.5S")
              .values();
      try (Server server = PayaraMicro.start(folder, WAR, environment)) {
        ApiClient api = new ApiClient(server.base());

        disk.fill();
        await().atMost(PATIENCE).until(() -> !server.isReady());
        String id = api.create("a fox");
        awaitWaiting(server, id, 2);
        assertThat(pictures.accepted()).as("paid for what could not be kept").isZero();
        disk.free();
        long freed = System.nanoTime();
        await().atMost(PATIENCE).until(server::isReady);
        api.awaitStatus(id, "IMAGE_COMPLETED");
        Measured.since(freed, "room on the disk again, until four pictures were made");

        meshy.hold("IN_PROGRESS", 50);
        api.select(id, 0);
        api.await(id, PATIENCE, ApiClient::hasJob);
        disk.fill(); // but for what a picture leaves of a block, it is full to the last byte
        meshy.goOn();
        awaitWaiting(server, id, 4);
        assertThat(stored(files)).hasSize(1); // the four pictures are all alike
        disk.free();
        api.awaitStatus(id, "MODEL_COMPLETED");

        if (disk.mayBeReadOnly()) {
          disk.setReadOnly(true);
          await().atMost(PATIENCE).until(() -> !server.isReady());
          api.select(id, 1);
          awaitWaiting(server, id, 6);
          assertThat(
                  api.bytes(api.get(id).getJsonArray("images").getJsonObject(1).getString("url")))
              .isEqualTo(pictures.picture());
          assertThat(meshy.acceptedSubmissions()).isEqualTo(1);
          disk.setReadOnly(false);
          long writable = System.nanoTime();
          await().atMost(PATIENCE).until(server::isReady);
          api.awaitStatus(id, "MODEL_COMPLETED");
          Measured.since(writable, "disk writable again, until the model was submitted and made");
          assertThat(meshy.acceptedSubmissions()).isEqualTo(2);
        }
        // pictures, the model and its preview; those of the first choice go once they can
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(stored(files)).hasSize(3));
        server.stop();
        assertThat(pictures.accepted()).isEqualTo(4);
        Audit audit = Audit.ofHome(folder.resolve("home"), files);
        audit.check(List.of(id));
        audit.checkCount("IMAGE", pictures.accepted(), 0);
        audit.checkCount("MODEL", meshy.acceptedSubmissions(), 0);
      }
    }
  }

  /** The disk under the embedded database is full: H2 closes its file, and must open it again. */
  @Test
  void the_embedded_database_recovers_by_itself_after_a_full_disk() throws Exception {
    Path folder = Wars.freshFolder("full-database-disk");
    try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"));
        OpenAiSimulator pictures = new OpenAiSimulator()) {
      Path home = disk.folder().resolve("home");
      Map<String, String> environment =
          new Environment(folder)
              .at(pictures, "openai")
              .with("MAQUETTE_HOME", home.toString())
              .with("MAQUETTE_PROVIDER_IMAGE", "openai")
              .with("MAQUETTE_NODE_GONE_AFTER", "PT6S") // says every second that it lives
              .with("MAQUETTE_QUEUE_LIMIT", "100000")
              .values();
      try (Server server = PayaraMicro.start(folder, WAR, environment)) {
        ApiClient api = new ApiClient(server.base());
        List<String> accepted = new ArrayList<>(List.of(api.create("before")));
        api.awaitStatus(accepted.get(0), "IMAGE_COMPLETED");
        int before = server.log().length();
        for (int outage = 0; outage < 2; outage++) {
          disk.fill();
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(10))
              .until(() -> creation(server, accepted) == 503);
          await().atMost(PATIENCE).until(() -> !server.isReady());
          assertThat(server.readiness()).contains("\"database\"");
          for (int request = 0; request < 100; request++) {
            assertThat(creation(server, accepted)).isIn(201, 503);
          }
          disk.free();
          long freed = System.nanoTime();
          await().atMost(PATIENCE).until(server::isReady);
          await().atMost(PATIENCE).until(() -> creation(server, accepted) == 201);
          Measured.since(freed, "room under the database again, until a task was accepted");
          api.awaitStatus(accepted.get(accepted.size() - 1), "IMAGE_COMPLETED");
        }
        String logged = server.log().substring(before);
        assertThat(logged.split("\n\tat ", -1).length).as("lines of stack traces").isLessThan(500);
        assertThat(logged.split("The database cannot be used", -1).length).isLessThan(30);
        for (String id : accepted) {
          api.awaitStatus(id, "IMAGE_COMPLETED");
        }
        server.stop();
        Audit.ofHome(home, home.resolve("files")).check(accepted);
      }
    }
  }

  /** Creates a task and tells the status of the answer. */
  private static int creation(Server server, List<String> accepted) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.base().resolve("/api/tasks"))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"a fox\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    answer
        .headers()
        .firstValue("Location")
        .ifPresent(address -> accepted.add(address.replaceFirst(".*/", "")));
    return answer.statusCode();
  }

  private static void awaitWaiting(Server server, String id, int times) {
    await()
        .atMost(PATIENCE)
        .until(() -> server.log().split("Task " + id + " waits for the store", -1).length > times);
  }

  /** Everything there is, unfinished files as well. */
  private static List<Path> stored(Path files) throws IOException {
    try (Stream<Path> all = Files.walk(files)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
