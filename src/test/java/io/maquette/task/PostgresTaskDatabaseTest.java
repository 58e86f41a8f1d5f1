package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.maquette.persistence.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresTaskDatabaseTest extends TaskDatabaseContract {

  private static final Logger LOG = Logger.getLogger(PostgresTaskDatabaseTest.class.getName());
  private static final int MANY = 100_000;
  private static final int PAGE = TaskQueries.MAX_LIMIT;
  private static final UUID LAST_ID = new UUID(-1, -1);

  private static HikariDataSource pool;
  private static TaskDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    pool = TestPostgres.newDatabase();
    database = new TaskDatabase(pool);
  }

  @AfterAll
  static void close() {
    database.close();
    pool.close();
  }

  @Override
  public TaskDatabase database() {
    return database;
  }

  /** Number of rows of the task table read so far, by sequential scans and by an index. */
  private record Looked(long without, long by) {
    static Looked soFar() throws SQLException {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select seq_tup_read, idx_tup_fetch from pg_stat_user_tables"
                      + " where relname = 'task'")) {
        row.next();
        return new Looked(row.getLong(1), row.getLong(2));
      }
    }
  }

  @Test
  void every_page_of_a_hundred_thousand_tasks_reads_only_its_own_rows() throws Exception {
    database.sql(
        "insert into task (id, owner, prompt, status, created_at, updated_at, failed_attempts,"
            + " fence, version) select gen_random_uuid(), 'dev', 'one of many', 'CANCELLED',"
            + " timestamp with time zone '2026-01-01 00:00:00+00' + n / 10 * interval '1' second,"
            + " current_timestamp, 0, 0, 0 from generate_series(1, "
            + MANY
            + ") n");
    database.sql("analyze task");
    Instant first = Instant.parse("2026-01-01T00:00:00Z");
    List<TaskCursor> cursors = new ArrayList<>();
    cursors.add(null);
    for (long second : new long[] {-1, 1, 5_000, 9_999, 10_000, 100_000_000_000L}) {
      cursors.add(new TaskCursor(first.plusSeconds(second), LAST_ID));
    }
    List<TaskFilter> filters =
        List.of(
            new TaskFilter(Set.of(), null),
            new TaskFilter(Set.of(TaskStatus.CANCELLED), null),
            new TaskFilter(Set.of(TaskStatus.FAILED), null));
    Looked before = Looked.soFar();
    long began = System.nanoTime();
    database.run(
        heart -> {
          for (TaskFilter filter : filters) {
            for (TaskCursor cursor : cursors) {
              heart.queries().list("dev", filter, PAGE, cursor);
            }
          }
          heart
              .entities()
              .createNativeQuery("select cast(pg_stat_force_next_flush() as text)")
              .getSingleResult(); // so that the statistics include all reads
        });
    Duration each =
        Duration.ofNanos(System.nanoTime() - began)
            .dividedBy((long) filters.size() * cursors.size());
    Looked after = Looked.soFar();
    LOG.info(
        () ->
            "A page of %d tasks: %d ms; %d rows looked at for all pages"
                .formatted(MANY, each.toMillis(), after.by() - before.by()));
    assertThat(after.without()).as("without an index").isEqualTo(before.without());
    assertThat(after.by() - before.by())
        .isBetween((long) PAGE, (PAGE + 1L) * filters.size() * cursors.size());
  }
}
