package io.maquette.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.cluster.LocalNode;
import io.maquette.config.Settings;
import io.maquette.task.TaskDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2WebhookTest extends WebhookContract {

  private static final int CLAIMS = 10;

  @TempDir static Path folder;

  private static JdbcConnectionPool pool;
  private static TaskDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    pool =
        JdbcConnectionPool.create(
            "jdbc:h2:file:" + folder.resolve("maquette") + ";WRITE_DELAY=0", "", "");
    database = new TaskDatabase(pool);
  }

  @AfterAll
  static void close() {
    database.close();
    pool.dispose();
  }

  @Override
  TaskDatabase database() {
    return database;
  }

  private static long bytesPerClaim(int pending) throws Exception {
    database.sql("delete from webhook_delivery");
    database.sql("delete from webhook");
    database.sql(
        """
        insert into webhook (id, url, events, secret, created_at, failures, version)
        select cast('00000000-0000-0000-0000-00000000000' || mod(x, 10) as uuid),
          'https://receiver.example/', 'STATUS_CHANGED', 'secret',
          current_timestamp, 0, 0 from system_range(1, 10)
        """);
    database.sql(
        """
        insert into webhook_delivery (id, webhook_id, event_id, task_id, event_type, body, status,
          attempts, created_at, due_at, fence)
        select x, cast('00000000-0000-0000-0000-00000000000' || mod(x, 10) as uuid), x, random_uuid(), 'STATUS_CHANGED', '{}', 'PENDING', 0, current_timestamp,
          dateadd(minute, -1, current_timestamp), 0 from system_range(1, %d)
        """
            .formatted(pending));
    long before = bytesWritten();
    for (int i = 0; i < CLAIMS; i++) {
      List<Deliveries.OutgoingMessage> messages =
          database.call(
              heart ->
                  new Deliveries(
                          heart.entities(),
                          database.clock(),
                          new LocalNode("north", false),
                          Settings.read(name -> Optional.empty()))
                      .claim(4, Map.of(), 100));
      assertThat(messages).hasSize(4);
    }
    return (bytesWritten() - before) / CLAIMS;
  }

  private static long bytesWritten() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select setting_value from information_schema.settings"
                    + " where setting_name = 'info.FILE_WRITE_BYTES'")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void a_claim_writes_as_little_with_thousands_of_pending_deliveries_as_with_a_hundred()
      throws Exception {
    long few = bytesPerClaim(100);
    assertThat(bytesPerClaim(5_000)).isLessThan(2 * few + 32_768);
  }
}
