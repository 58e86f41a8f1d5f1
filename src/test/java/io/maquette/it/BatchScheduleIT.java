package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import io.maquette.it.server.WildFly;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, of different servers: what is due is started once. */
@Tag("all")
class BatchScheduleIT {

  private final Path folder = Wars.freshFolder("schedule");
  private final String database = Wars.freshPostgres("schedule");

  private Map<String, String> environment(String node) {
    return new Environment(folder)
        .onPostgres(database)
        .with("MAQUETTE_NODE_NAME", node)
        .with("MAQUETTE_BATCH_REDRIVE_AT", "00:00")
        .with("MAQUETTE_BATCH_RETENTION_AT", "00:00")
        .with("MAQUETTE_BATCH_VERIFY_ASSETS_AT", "00:00")
        .with("MAQUETTE_BATCH_DWELL_REPORT_AT", "00:00")
        .values();
  }

  @Test
  void a_due_batch_job_is_started_by_one_node_alone() throws Exception {
    Path war = Path.of(System.getProperty("maquette.war"));
    Files.createDirectories(folder.resolve("two"));
    try (Server one = PayaraMicro.start(folder.resolve("one"), war, environment("one"));
        Server two = WildFly.start(folder.resolve("two"), war, environment("two"))) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  rows("select name from maintenance_job where last_due is not null").size() == 4);
      assertThat(rows("select job from maintenance_run")).as("the first time is noted").isEmpty();
      for (int day = 1; day <= 5; day++) {
        sql("update maintenance_job set last_due = last_due - interval '1' day");
        int runs = 4 * day;
        await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () ->
                    rows("select id from maintenance_run where ended_at is not null").size()
                        >= runs);
      }
      assertThat(rows("select distinct status from maintenance_run")).containsExactly("COMPLETED");
      assertThat(rows("select job from maintenance_run group by job having count(*) = 5"))
          .containsExactlyInAnyOrder("REDRIVE", "RETENTION", "VERIFY_ASSETS", "DWELL_REPORT");
      assertThat(rows("select distinct node from maintenance_run")).isSubsetOf("one", "two");
      assertThat(one.log() + two.log()).doesNotContain("The timer of the batch jobs failed");
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database, "postgres", "");
        Statement update = connection.createStatement()) {
      update.execute(statement);
    }
  }

  private List<String> rows(String query) throws SQLException {
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
