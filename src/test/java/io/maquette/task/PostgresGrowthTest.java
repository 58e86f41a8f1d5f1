package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Test that the number of rows read does not grow with the number of tasks; PostgreSQL counts the
 * rows. {@code -Dgrowth=1000000} creates a million tasks, with which the logged times are
 * meaningful.
 */
@Tag("all")
class PostgresGrowthTest {

  private static final Logger LOG = Logger.getLogger(PostgresGrowthTest.class.getName());
  private static final int TASKS = Integer.getInteger("growth", 20_000);
  private static final int OWNERS = Math.max(20, TASKS / 1000);
  private static final int WAITING = 300;
  private static final int REPEATS = 7;

  /**
   * Upper bound of rows read for one task: task, model and four pictures, each in index and table.
   */
  private static final int PER_TASK = 16;

  private static final String OWNER = "owner 7";

  private static EmbeddedPostgres server;
  private static HikariDataSource pool;
  private static TaskDatabase counted;
  private static TaskDatabase timed;

  @BeforeAll
  static void fill() throws IOException, SQLException {
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("random_page_cost", "1.1") // the cost of SSDs, which have no seek time
            .start();
    counted = new TaskDatabase(server.getPostgresDatabase());
    counted.sql(
        """
        insert into task (id, owner, prompt, status, failed_stage, error_code, error_message,
          selected_image_index, image_generation_started_at, image_generation_completed_at,
          model_generation_started_at, model_generation_completed_at, created_at, updated_at,
          failed_attempts, due_at, fence, version)
        select gen_random_uuid(), 'owner ' || n %% %1$d, 'task number ' || n || case n %% 499 when 7
            then ' with a rare teapot' else '' end, s.status,
          case s.status when 'FAILED' then 'IMAGE' end,
          case s.status when 'FAILED' then 'INTERNAL_ERROR' end,
          case s.status when 'FAILED' then 'failed' end,
          case when s.status like 'MODEL%%' then 0 end,
          t.at, t.at + interval '1 min',
          case when s.status like 'MODEL%%' then t.at + interval '2 min' end,
          case s.status when 'MODEL_COMPLETED' then t.at + interval '5 min' end,
          t.at, t.at + interval '5 min', 0,
          case when s.waits then now() - interval '1 min' + n * interval '1 microsecond' end, 1, 1
        from generate_series(1, %2$d) n,
          lateral (select now() - interval '400 days' + n * (interval '399 days' / %2$d) as at) t,
          lateral (select n > %2$d - %3$d as waits, case
            when n > %2$d - %3$d then (array['IMAGE_PENDING', 'MODEL_PENDING', 'MODEL_GENERATING'])
              [1 + n %% 3]
            when n / %1$d %% 50 = 0 then 'FAILED' when n / %1$d %% 50 = 1 then 'CANCELLED'
            when n / %1$d %% 50 = 2 then 'IMAGE_COMPLETED' else 'MODEL_COMPLETED' end as status) s;
        insert into task_model (task_id, name, status, progress, provider, api_task_id, file_key,
          created_at)
        select id, 'm', case status when 'MODEL_COMPLETED' then 'COMPLETED' else 'PENDING' end,
          case status when 'MODEL_COMPLETED' then 100 else 0 end,
          case status when 'MODEL_PENDING' then null else 'local' end,
          case status when 'MODEL_PENDING' then null else 'job' end, 'key/' || id, created_at
        from task where status like 'MODEL%%';
        insert into task_image (task_id, image_index, prompt, file_key, file_sha256, file_type,
          file_size, created_at)
        select id, i, 'v', 'key/' || id || i, 'f', 'image/png', 1, created_at
        from task, generate_series(0, 3) i
        where owner = '%4$s' or status like 'MODEL%%' and status <> 'MODEL_COMPLETED'
          or created_at < now() - interval '399 days';
        insert into task_event (id, task_id, owner, occurred_at, event_type, from_status, to_status,
          actor, node, attempt)
        select nextval('task_event_number'), id, owner, created_at, 'STATUS_CHANGED', null,
          'IMAGE_PENDING', 'user', 'node', 1 from task, generate_series(1, 3);
        insert into task_event (id, task_id, owner, occurred_at, event_type, from_status, to_status,
          actor, node, attempt)
        select nextval('task_event_number'), id, owner, updated_at, 'STATUS_CHANGED',
          'MODEL_GENERATING', 'MODEL_COMPLETED', 'worker:models', 'node', 1
        from task where status = 'MODEL_COMPLETED' order by updated_at desc limit 5000;
        """
            .formatted(OWNERS, TASKS, WAITING, OWNER));
    counted.sql("vacuum analyze");
    HikariConfig config = new HikariConfig();
    config.setDataSource(server.getPostgresDatabase());
    config.setMaximumPoolSize(2);
    config.setMinimumIdle(0);
    pool = new HikariDataSource(config);
    timed = new TaskDatabase(pool);
  }

  @AfterAll
  static void close() throws IOException {
    timed.close();
    counted.close();
    pool.close();
    server.close();
  }

  private record Reading(long rows, double millis) {}

  /**
   * Returns the number of rows that all sessions have read; each session reports its number when it
   * ends.
   */
  private static long rowsRead() throws SQLException {
    return number(
        "select sum(seq_tup_read) + sum(coalesce(idx_tup_fetch, 0))"
            + " + (select sum(idx_tup_read) from pg_stat_user_indexes) from pg_stat_user_tables");
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void awaitSessionsEnded() {
    pool.getHikariPoolMXBean().softEvictConnections();
    await()
        .until(
            () ->
                number(
                        "select count(*) from pg_stat_activity where backend_type = 'client"
                            + " backend' and pid <> pg_backend_pid() and application_name not like"
                            + " 'pooled%'")
                    == 0);
  }

  private static Reading read(String what, TaskDatabase.Action action) throws Exception {
    awaitSessionsEnded();
    long before = rowsRead();
    counted.run(action);
    awaitSessionsEnded();
    long rows = rowsRead() - before;
    double[] millis = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long began = System.nanoTime();
      timed.run(action);
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    Reading reading = new Reading(rows, millis[REPEATS / 2]);
    LOG.info(
        String.format(Locale.ROOT, "| %s | %d | %.1f |", what, reading.rows(), reading.millis()));
    return reading;
  }

  private static void assertFew(String what, int most, TaskDatabase.Action action)
      throws Exception {
    assertThat(read(what, action).rows()).as("rows read: " + what).isLessThan(most);
  }

  private static TaskFilter filter(String text, TaskStatus... statuses) {
    return new TaskFilter(Set.of(statuses), text);
  }

  /** Removes the old versions of rows that the test before changed: reads would count them. */
  @BeforeEach
  void vacuum() throws Exception {
    counted.sql("vacuum");
  }

  @Test
  void a_listing_reads_only_the_rows_of_its_page() throws Exception {
    TaskCursor middle =
        new TaskCursor(Instant.now().minusSeconds(200L * 86_400), UUID.randomUUID());
    int page = 21 * PER_TASK;
    assertFew("first page", page, h -> h.queries().list(OWNER, filter(null), 20, null));
    assertFew("page in the middle", page, h -> h.queries().list(OWNER, filter(null), 20, middle));
    assertFew(
        "page of a status",
        page,
        h -> h.queries().list(OWNER, filter(null, TaskStatus.MODEL_COMPLETED), 20, middle));
    assertFew(
        "page of three rare statuses",
        page + 40,
        h ->
            h.queries()
                .list(
                    OWNER,
                    filter(
                        null, TaskStatus.CANCELLED, TaskStatus.FAILED, TaskStatus.IMAGE_COMPLETED),
                    20,
                    null));
    assertFew("page of 100", 101 * PER_TASK, h -> h.queries().list(OWNER, filter(null), 100, null));
    int ofOwner = TASKS / OWNERS;
    assertFew(
        "search that finds little among " + ofOwner,
        page + 3 * ofOwner,
        h -> h.queries().list(OWNER, filter("rare teapot"), 20, null));
  }

  @Test
  void a_task_and_its_history_are_read_without_other_rows() throws Exception {
    UUID id = counted.call(h -> h.queries().list(OWNER, filter(null), 1, null)).items().get(0).id();
    assertFew("a task", 30, h -> h.queries().find(OWNER, id));
    assertFew("its version", 5, h -> h.queries().version(OWNER, id));
    assertFew("its history", 30, h -> h.queries().history(OWNER, id, 100, 0));
  }

  @Test
  void claims_and_counts_read_only_waiting_tasks() throws Exception {
    assertFew("claim for pictures", 400, h -> h.claims().claimForPictures(8, "local"));
    assertFew("claim for polling", 400, h -> h.claims().claimForPolling(8));
    assertFew(
        "claim for submission",
        8 * WAITING,
        h -> h.claims().claimForSubmission(8, "local", 10_000));
    assertFew("queues", 4 * WAITING, h -> h.queries().queues());
    assertFew("past durations", 800, h -> h.queries().pastDurations(Stage.MODEL));
    assertFew("past durations without any", 120_000, h -> h.queries().pastDurations(Stage.IMAGE));
    assertFew(
        "create", 4 * WAITING, h -> h.service().create("somebody", "with room in the queue", null));
    read("counts by status, shared by the console", h -> h.queries().counts());
  }

  /** PostgreSQL plans with the statistics of the last ANALYZE, which are outdated here. */
  @Test
  void the_fair_order_reads_only_waiting_tasks_with_outdated_table_statistics() throws Exception {
    int crowd = 2_000;
    counted.sql(
        """
        create table queued as select id, status, due_at from task where due_at is not null;
        update task set status = 'IMAGE_COMPLETED', due_at = null where due_at is not null;
        analyze task;
        update task set status = queued.status, due_at = queued.due_at from queued
        where queued.id = task.id;
        drop table queued;
        insert into task (id, owner, prompt, status, selected_image_index, created_at, updated_at,
          failed_attempts, due_at, fence, version)
        select gen_random_uuid(), 'crowd ' || n %% 3, 'p', 'MODEL_PENDING', 0,
          now() - interval '500 days', now(), 0, now(), 1, 1 from generate_series(1, %d) n;
        insert into task_model (task_id, name, status, progress, created_at)
        select id, 'm', 'PENDING', 0, created_at from task where owner like 'crowd%%';
        insert into task_image (task_id, image_index, prompt, file_key, file_sha256, file_type,
          file_size, created_at)
        select id, 0, 'v', 'key/' || id, 'f', 'image/png', 1, created_at from task
        where owner like 'crowd%%';
        """
            .formatted(crowd));
    try {
      int most = 4 * (crowd + WAITING);
      assertFew("claim", most, h -> h.claims().claimForSubmission(8, "local", 10_000));
      Task last =
          counted.call(h -> h.queries().list("crowd 1", filter(null), 1, null)).items().get(0);
      assertFew("place of one that waits", most, h -> h.queries().placeInQueue(last));
    } finally {
      counted.sql(
          """
          delete from task_image where task_id in (select id from task where owner like 'crowd%');
          delete from task_model where task_id in (select id from task where owner like 'crowd%');
          delete from task where owner like 'crowd%';
          analyze task;
          """);
    }
  }
}
