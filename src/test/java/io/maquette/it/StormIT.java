package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import io.maquette.it.simulator.SiliconFlowSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.TencentSimulator;
import io.maquette.it.simulator.TencentSimulator.Tier;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many tasks wait for a provider that takes three jobs at a time, and both providers have a time
 * (the long form: 200 tasks and a minute) in which they answer nothing but 429 and 503. Retries are
 * as the defaults have them.
 */
@Tag("all")
@Tag("fault")
class StormIT {

  private static final Logger LOG = Logger.getLogger(StormIT.class.getName());

  private static final int TASKS = Integer.getInteger("it.storm.tasks", 60);
  private static final int TASKS_IN_STORM = 20;
  private static final Duration STORM =
      Duration.ofSeconds(Integer.getInteger("it.storm.seconds", 25));

  /** Calls that a provider in trouble may be bothered with in that time. */
  private static final int BUDGET = 20;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final TencentSimulator tencent = new TencentSimulator();
  private final SiliconFlowSimulator pictures = new SiliconFlowSimulator();

  @Test
  void all_tasks_complete_in_order_within_limits_and_budget() throws Exception {
    tencent.pollsUntilDone(1);
    Path folder = Wars.freshFolder("storm");
    String database = Wars.freshPostgres("storm");
    Map<String, String> environment =
        new Environment(folder)
            .onPostgres(database)
            .at(pictures, "siliconflow")
            .at(tencent)
            .with("MAQUETTE_PROVIDER_IMAGE", "siliconflow")
            .with("MAQUETTE_PROVIDER_MODEL", "tencent")
            .values();
    Path war = Path.of(System.getProperty("maquette.war"));
    try (Server server = PayaraMicro.start(folder, war, environment)) {
      ApiClient api = new ApiClient(server.base());
      List<String> ids = new ArrayList<>();
      for (int task = 0; task < TASKS; task++) {
        ids.add(api.create("task " + task));
      }
      ids.forEach(id -> api.awaitStatus(id, "IMAGE_COMPLETED"));

      breakOut(tencent);
      breakOut(pictures);
      long began = System.nanoTime();
      int picturesBefore = pictures.received().size();
      for (String id : ids) {
        api.select(id, 0);
      }
      JsonObject last = api.get(ids.get(TASKS - 1));
      assertThat(last.getInt("queuePosition")).isBetween(TASKS - 5, TASKS);
      List<String> late = new ArrayList<>();
      for (int task = 0; task < TASKS_IN_STORM; task++) {
        late.add(api.create("in the storm " + task));
      }
      await().atMost(STORM.plus(PATIENCE)).until(() -> System.nanoTime() - began > STORM.toNanos());
      int calls = tencent.received().size();
      int pictureCalls = pictures.received().size() - picturesBefore;
      LOG.info(
          () ->
              "In "
                  + STORM
                  + " of storm: "
                  + calls
                  + " calls for models, "
                  + pictureCalls
                  + " for pictures");
      tencent.recover();
      pictures.recover();
      assertThat(calls).isBetween(1, BUDGET);
      assertThat(pictureCalls).isBetween(1, BUDGET);

      late.forEach(id -> api.await(id, PATIENCE, StormIT::hasPictures));
      for (String id : ids) {
        api.await(id, PATIENCE, task -> task.getString("status").equals("MODEL_COMPLETED"));
      }
      LOG.info(() -> "Drained " + Duration.ofNanos(System.nanoTime() - began).minus(STORM));

      assertThat(tencent.mostOpen(Tier.PRO)).isEqualTo(3);
      assertThat(tencent.accepted()).isEqualTo(TASKS);
      assertThat(
              rows(
                  database,
                  "select task_id from provider_call where stage = 'MODEL'"
                      + " and outcome = 'ACCEPTED'"))
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(
              rows(
                  database,
                  "select id from task where model_generation_started_at is not null"
                      + " order by model_generation_started_at"))
          .containsExactlyElementsOf(ids);
      assertThat(rows(database, "select id from task where status = 'FAILED'")).isEmpty();
      assertThat(tencent.complaints()).isEmpty();
      assertThat(pictures.complaints()).isEmpty();
    } finally {
      tencent.close();
      pictures.close();
    }
  }

  private static boolean hasPictures(JsonObject task) {
    return task.getJsonArray("images").size() == 4 && task.get("errorCode") == JsonValue.NULL;
  }

  private static void breakOut(Simulator provider) {
    AtomicInteger calls = new AtomicInteger();
    provider.always(
        request -> true,
        (exchange, usual) ->
            Simulator.instead(
                    Answer.json(calls.getAndIncrement() % 2 == 0 ? 429 : 503, "{\"message\":\"\"}"))
                .strike(exchange, usual));
  }

  private static List<String> rows(String database, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }
}
