package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2TaskDatabaseTest extends TaskDatabaseContract {

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
  public TaskDatabase database() {
    return database;
  }

  private void queue(int tasks) throws Exception {
    database.clear();
    database.sql(
        """
        insert into task (id, owner, prompt, status, selected_image_index,
          model_generation_started_at, created_at, updated_at, failed_attempts, due_at, fence,
          version)
        select random_uuid(), 'owner ' || mod(x, 20), 'task number ' || x,
          case mod(x, 3) when 0 then 'IMAGE_PENDING' when 1 then 'MODEL_PENDING'
            else 'MODEL_GENERATING' end, 0, current_timestamp, current_timestamp,
          current_timestamp, 0, dateadd(microsecond, x, dateadd(hour, -1, current_timestamp)), 0, 0
        from system_range(1, %d)
        """
            .formatted(tasks));
    database.sql(
        """
        insert into task_model (task_id, name, status, progress, provider, api_task_id, created_at)
        select id, 'm', 'PENDING', 0, case status when 'MODEL_GENERATING' then 'local' end,
          case status when 'MODEL_GENERATING' then 'job' end, created_at
        from task where status like 'MODEL%'
        """);
    database.sql(
        """
        insert into task_image (task_id, image_index, prompt, file_key, file_sha256, file_type,
          file_size, created_at)
        select id, 0, 'v', 'key/' || id, 'f', 'image/png', 1, created_at
        from task where status <> 'IMAGE_PENDING'
        """);
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

  private interface Claiming {
    List<? extends TaskClaim> by(TaskDatabase.Heart heart) throws Exception;
  }

  private static long bytesPerClaim(Claiming claiming) throws Exception {
    long before = bytesWritten();
    for (int i = 0; i < CLAIMS; i++) {
      List<? extends TaskClaim> claims = database.call(claiming::by);
      assertThat(claims).hasSize(2);
    }
    return (bytesWritten() - before) / CLAIMS;
  }

  private static long bytesWithoutRoom() throws Exception {
    long before = bytesWritten();
    for (int i = 0; i < CLAIMS; i++) {
      List<? extends TaskClaim> none =
          database.call(heart -> heart.claims().claimForSubmission(2, "local", 1));
      assertThat(none).isEmpty();
    }
    return (bytesWritten() - before) / CLAIMS;
  }

  private List<Long> bytesWith(int tasks) throws Exception {
    queue(tasks);
    return List.of(
        bytesPerClaim(heart -> heart.claims().claimForPictures(2, "local")),
        bytesPerClaim(heart -> heart.claims().claimForPolling(2)),
        bytesPerClaim(heart -> heart.claims().claimForSubmission(2, "local", 100_000)),
        bytesWithoutRoom());
  }

  @Test
  void a_claim_writes_as_little_with_ten_thousand_waiting_tasks_as_with_a_hundred()
      throws Exception {
    List<Long> few = bytesWith(200);
    List<Long> many = bytesWith(10_000);
    for (int kind = 0; kind < few.size(); kind++) {
      // index pages fill differently, and the larger index has one more level
      assertThat(many.get(kind))
          .as("bytes per claim of kind %d; with few waiting %d", kind, few.get(kind))
          .isLessThan(2 * few.get(kind) + 32_768);
    }
  }

  @Test
  void a_claim_passes_over_tasks_that_others_have_locked() throws Exception {
    queue(400);
    Set<UUID> taken = new HashSet<>();
    database.run(
        first -> {
          first.claims().claimForPictures(32, "local").forEach(one -> taken.add(one.taskId()));
          List<? extends TaskClaim> others =
              database.call("node-2", heart -> heart.claims().claimForPictures(8, "local"));
          assertThat(others).hasSize(8);
          others.forEach(one -> taken.add(one.taskId()));
        });
    assertThat(taken).hasSize(40);
  }
}
