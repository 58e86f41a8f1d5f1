package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many tasks at once on the default of everything: all complete, none twice, and memory stays flat.
 * {@code -Dtasks=500} says how many.
 */
@Tag("all")
class ManyTasksIT {

  private static final Logger LOG = Logger.getLogger(ManyTasksIT.class.getName());
  private static final int TASKS = Integer.getInteger("tasks", 100);
  private static final Duration PATIENCE = Duration.ofMinutes(25);

  /** What may stay in memory that was not there before, whatever the number of tasks. */
  private static final long FLAT_BYTES = 48L << 20;

  @Test
  void many_tasks_complete_once_each_with_constant_memory() throws Exception {
    Path folder = Wars.freshFolder("many");
    try (Server server =
        PayaraMicro.start(
            folder,
            Path.of(System.getProperty("maquette.war")),
            Map.of("MAQUETTE_HOME", folder.resolve("home").toString()))) {
      ApiClient api = new ApiClient(server.base());
      String warmUp = api.create("warm up");
      api.awaitStatus(warmUp, "IMAGE_COMPLETED");
      api.select(warmUp, 0);
      api.awaitStatus(warmUp, "MODEL_COMPLETED");
      long before = liveBytes(server.pid());
      long began = System.nanoTime();

      List<String> ids = createAtOnce(api);
      Set<String> chosen = new HashSet<>();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                for (String id : idsIn(api, "IMAGE_COMPLETED")) {
                  if (chosen.add(id)) {
                    api.select(id, chosen.size() % 4);
                  }
                }
                return idsIn(api, "FAILED").isEmpty() && chosen.size() == TASKS;
              });
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> idsIn(api, "MODEL_COMPLETED").size() == TASKS + 1);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      long after = liveBytes(server.pid());
      LOG.info(
          () ->
              TASKS
                  + " tasks took "
                  + took
                  + "; live memory "
                  + (before >> 20)
                  + " MiB before, "
                  + (after >> 20)
                  + " MiB after");

      for (String id : ids) {
        JsonArray events = api.events(id);
        Histories.assertLegalWalk(events, "MODEL_COMPLETED");
        assertThat(count(events, "IMAGE_STORED")).isEqualTo(4);
        assertThat(count(events, "MODEL_SUBMITTED")).isEqualTo(1);
        assertThat(count(events, "ATTEMPT_FAILED")).isZero();
      }
      assertThat(after - before).isLessThan(FLAT_BYTES);
    }
  }

  private static List<String> createAtOnce(ApiClient api) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      List<Future<String>> created = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        String prompt = "crowd member " + i;
        created.add(clients.submit(() -> api.create(prompt)));
      }
      List<String> ids = new ArrayList<>();
      for (Future<String> one : created) {
        ids.add(one.get());
      }
      return ids;
    } finally {
      clients.shutdownNow();
    }
  }

  private static List<String> idsIn(ApiClient api, String status)
      throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page = api.list("limit=100&status=" + status + cursor);
      page.getJsonArray("data").forEach(task -> ids.add(task.asJsonObject().getString("id")));
      cursor = page.isNull("nextCursor") ? null : "&cursor=" + page.getString("nextCursor");
    } while (cursor != null);
    return ids;
  }

  private static long count(JsonArray events, String type) {
    return events.stream()
        .filter(event -> event.asJsonObject().getString("type").equals(type))
        .count();
  }

  /** What is reachable after a full collection. */
  private static long liveBytes(long pid) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(histogram).isZero();
    Matcher total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
    assertThat(total.find()).as("total of the histogram").isTrue();
    return Long.parseLong(total.group(1));
  }
}
