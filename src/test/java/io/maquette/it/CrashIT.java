package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The process is killed with {@code kill -9} and started again on the same files: every task goes
 * on. Providers are the local ones at a pace that leaves time to kill.
 */
class CrashIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Path folder;
  private static Path war;
  private static Map<String, String> environment;

  @BeforeAll
  static void prepare() {
    folder = Wars.freshFolder("crash");
    war = folder.resolve("maquette-slow.war");
    Wars.withScripts("crash", Map.of()).as(ZipExporter.class).exportTo(war.toFile());
    environment =
        Map.of(
            "MAQUETTE_HOME", folder.resolve("home").toString(),
            "MAQUETTE_PROVIDER_IMAGE", "slow",
            "MAQUETTE_PROVIDER_MODEL", "slow",
            "MAQUETTE_RETRY_UNKNOWN_DELAY", "PT1S");
  }

  @Test
  void aTaskGoesOnAfterItsServerWasKilledAtAnyPoint() throws Exception {
    String duringPictures;
    try (Server server = PayaraMicro.start(folder, war, environment)) {
      ApiClient api = new ApiClient(server.base());
      duringPictures = api.create("killed during pictures");
      JsonObject before =
          api.await(
              duringPictures,
              PATIENCE,
              task -> count(task) >= 1 && task.getString("status").equals("IMAGE_GENERATING"));
      server.kill();
      assertThat(count(before)).isBetween(1, 3);
    }

    String duringSubmit;
    String duringPolling;
    try (Server server = PayaraMicro.start(folder, war, environment)) {
      ApiClient api = new ApiClient(server.base());
      JsonObject task = api.awaitStatus(duringPictures, "IMAGE_COMPLETED");
      assertThat(count(task)).isEqualTo(4);
      duringPolling = duringPictures;
      api.select(duringPolling, 0);
      api.await(
          duringPolling,
          PATIENCE,
          polled ->
              ApiClient.hasJob(polled)
                  && polled.getJsonObject("model").getString("status").equals("GENERATING"));
      server.kill();
    }

    try (Server server = PayaraMicro.start(folder, war, environment)) {
      ApiClient api = new ApiClient(server.base());
      duringSubmit = api.create("killed during submit");
      api.awaitStatus(duringSubmit, "IMAGE_COMPLETED");
      api.awaitStatus(duringPolling, "MODEL_COMPLETED");
      api.select(duringSubmit, 3);
      Predicate<JsonObject> submitting =
          task -> task.getString("status").equals("MODEL_GENERATING") && !ApiClient.hasJob(task);
      api.await(duringSubmit, PATIENCE, submitting);
      server.kill();
    }

    try (Server server = PayaraMicro.start(folder, war, environment)) {
      ApiClient api = new ApiClient(server.base());
      api.awaitStatus(duringSubmit, "MODEL_COMPLETED");
      for (String id : Set.of(duringPolling, duringSubmit)) {
        assertWhole(api, id);
      }
      assertThat(api.events(duringPictures).toString()).contains("WORK_RESUMED");
      assertThat(api.events(duringSubmit).toString()).contains("WORK_RESUMED");
      server.stop();
    }
    assertEveryFileIsWhole();
    assertNothingWasSubmittedTwiceInSilence();
  }

  private static int count(JsonObject task) {
    return task.getJsonArray("images").size();
  }

  private static void assertWhole(ApiClient api, String id)
      throws IOException, InterruptedException {
    JsonObject task = api.get(id);
    assertThat(count(task)).isEqualTo(4);
    for (JsonValue image : task.getJsonArray("images")) {
      assertThat(api.bytes(image.asJsonObject().getString("url"))).startsWith(0x89, 'P', 'N', 'G');
    }
    assertThat(api.bytes(task.getJsonObject("model").getString("modelUrl")))
        .startsWith('g', 'l', 'T', 'F');
    Histories.assertLegalWalk(api.events(id), task.getString("status"));
  }

  /** A file is named by its digest; what was being written when the process died is not there. */
  private static void assertEveryFileIsWhole() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("home/files"))) {
      List<Path> stored =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getParent().endsWith("unfinished"))
              .toList();
      assertThat(stored).hasSizeGreaterThanOrEqualTo(10);
      for (Path file : stored) {
        assertThat(file.getFileName().toString()).startsWith(sha256(file));
      }
    }
  }

  /**
   * Whatever was submitted again says why: what a killed submission came to is unknown, and the
   * local provider's jobs die with its process.
   */
  private static void assertNothingWasSubmittedTwiceInSilence() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("home/database/maquette"),
                "maquette",
                "maquette");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) filter (where outcome = 'ACCEPTED'),"
                    + " count(*) filter (where outcome = 'UNKNOWN'),"
                    + " count(*) filter (where reason is null),"
                    + " count(*) filter (where reason like 'outcome of call % is unknown'),"
                    + " count(*) filter (where reason like"
                    + " 'call % was accepted, but gave no usable result')"
                    + " from provider_call group by task_id, coalesce(image_index, -1)")) {
      int things = 0;
      while (rows.next()) {
        things++;
        assertThat(rows.getInt(1)).isLessThanOrEqualTo(2).isEqualTo(1 + rows.getInt(5));
        assertThat(rows.getInt(2)).isLessThanOrEqualTo(1).isEqualTo(rows.getInt(4));
        assertThat(rows.getInt(3)).isEqualTo(1);
      }
      assertThat(things).isEqualTo(10); // two tasks of four pictures and a model
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
