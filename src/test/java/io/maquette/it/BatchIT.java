package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.PayaraServer;
import io.maquette.it.server.Server;
import io.maquette.it.server.WildFly;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileType;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Logger;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each job is killed in the middle, with {@code kill -9} of its server, and goes on when that is
 * there again: nothing is lost and nothing is done twice.
 */
@Tag("all")
class BatchIT {

  private static final Logger LOG = Logger.getLogger(BatchIT.class.getName());

  private static final int LINES = Integer.getInteger("it.batch.lines", 4000);
  private static final int BAD = 50;
  private static final int FILES = 2_000;
  private static final String CSV = "text/csv";
  private static final String WHY = "{\"reason\":\"test\"}";
  private static final int DAYS = 1096;
  private static final String MANY_DAYS =
      "{\"from\":\"2024-01-01\",\"to\":\"2026-12-31\",\"reason\":\"test\"}";
  private static final String FAILED =
      " status = 'FAILED', failed_stage = 'IMAGE', failed_at = created_at,"
          + " error_code = 'PROVIDER_UNAVAILABLE', error_message = 'x'";
  private static final String CANCELLED =
      " status = 'CANCELLED', failed_stage = null, error_code = null, error_message = null";

  private interface Start {
    Server server() throws Exception;
  }

  private final Path folder = Wars.freshFolder("batch");
  private final String database = Wars.freshPostgres("batch");
  private final Path war = folder.resolve("maquette-slow.war");
  private final Map<String, String> environment =
      new Environment(folder)
          .onPostgres(database)
          .with("MAQUETTE_NODE_NAME", "batch")
          // the workers leave most of what the jobs make as it is
          .with("MAQUETTE_PROVIDER_IMAGE", "slow")
          .with("MAQUETTE_IMAGE_CONCURRENCY", "1")
          .values();
  private String key;

  @BeforeEach
  void prepare() {
    Wars.withScripts("batch", Map.of()).as(ZipExporter.class).exportTo(war.toFile());
  }

  @Test
  void batch_jobs_continue_on_wildfly() throws Exception {
    oneJobThatIsKilledAndTheOthers(() -> WildFly.start(folder, war, environment));
  }

  /** Which keeps its own record of executions over the kill. */
  @Test
  void batch_jobs_continue_on_payara_server() throws Exception {
    oneJobThatIsKilledAndTheOthers(() -> PayaraServer.start(folder, war, environment));
  }

  private void oneJobThatIsKilledAndTheOthers(Start start) throws Exception {
    int lines = LINES / 5;
    long run;
    try (Server server = start.server()) {
      key = OperatorClient.keyOf(server.base(), server.log());
      OperatorClient operator = new OperatorClient(server.base(), key);
      run = startImport(operator, lines, "killed");
      killAfter(server, operator, run, lines / 10);
    }
    try (Server server = start.server()) {
      OperatorClient operator = new OperatorClient(server.base(), key);
      goOn(operator, run);
      assertImported(lines);
      setAll(FAILED);
      assertThat(written(operator, "redrive", "{\"owner\":\"killed\",\"reason\":\"test\"}"))
          .isEqualTo(lines - bad(lines));
      setAll(CANCELLED);
      assertThat(written(operator, "retention", "{\"days\":2,\"reason\":\"test\"}"))
          .isEqualTo(lines - bad(lines));
      String leftOver = leftOver("nobody's");
      assertThat(written(operator, "verify-assets", WHY)).isEqualTo(1);
      await().atMost(Duration.ofMinutes(1)).until(() -> !isStored(leftOver));
      assertThat(written(operator, "dwell-report", MANY_DAYS)).isEqualTo(DAYS);
    }
  }

  private static int written(OperatorClient operator, String job, String body) throws Exception {
    JsonObject ended = operator.awaitEnd(operator.start(job, body));
    assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("COMPLETED");
    return ended.getInt("written");
  }

  private void assertImported(int lines) throws SQLException {
    assertThat(rows("select prompt from task where owner = 'killed'"))
        .hasSize(lines - bad(lines))
        .doesNotHaveDuplicates();
  }

  /** Workers are shut out of what they are at. */
  private void setAll(String status) throws SQLException {
    sql(
        "update task set due_at = null, leased_by = null, fence = fence + 1, version = version + 1,"
            + status
            + ", updated_at = current_timestamp - interval '3' day");
  }

  @Test
  void each_batch_job_continues_after_its_server_was_killed() throws Exception {
    Start start = () -> PayaraMicro.start(folder, war, environment);
    int lines = LINES;
    long run;
    try (Server server = start.server()) {
      key = OperatorClient.keyOf(server.base(), server.log());
      OperatorClient operator = new OperatorClient(server.base(), key);
      measureImport(operator, lines);
      run = startImport(operator, lines, "killed");
      assertThat(operator.send("import?owner=x&reason=y", CSV, file(1, "z")).body())
          .contains("INVALID_STATE", "\"run\":" + run);
      killAfter(server, operator, run, lines / 10);
    }

    try (Server server = start.server()) {
      OperatorClient operator = new OperatorClient(server.base(), key);
      JsonObject ended = goOn(operator, run);
      assertThat(ended.getInt("total")).isEqualTo(lines);
      assertThat(ended.getInt("read")).isEqualTo(lines);
      assertThat(ended.getInt("written")).isEqualTo(lines - bad(lines));
      assertThat(ended.getInt("skipped")).isEqualTo(bad(lines));
      assertImported(lines);
      assertThat(operator.get("runs/" + run + "/report").lines().skip(1))
          .hasSize(bad(lines))
          .first()
          .isEqualTo("1," + lines / bad(lines) + ",BAD_LINE,has quotes that do not match");

      setAll(FAILED);
      run = operator.start("redrive", "{\"owner\":\"killed\",\"reason\":\"test\"}");
      killAfter(server, operator, run, lines / 10);
    }

    try (Server server = start.server()) {
      OperatorClient operator = new OperatorClient(server.base(), key);
      goOn(operator, run);
      assertThat(
              rows(
                  "select task_id from task_event where from_status = 'FAILED'"
                      + " and to_status = 'IMAGE_PENDING'"))
          .hasSize(lines - bad(lines))
          .doesNotHaveDuplicates();

      setAll(CANCELLED);
      run = operator.start("retention", "{\"days\":2,\"reason\":\"test\"}");
      killAfter(server, operator, run, lines / 10);
    }

    Set<String> leftOver = new HashSet<>();
    try (Server server = start.server()) {
      OperatorClient operator = new OperatorClient(server.base(), key);
      goOn(operator, run);
      assertThat(rows("select id from task")).isEmpty();
      assertThat(rows("select task_id from task_event where event_type = 'DELETED'"))
          .hasSize(2 * (lines - bad(lines)))
          .doesNotHaveDuplicates();

      for (int file = 0; file < FILES; file++) {
        leftOver.add(leftOver("file " + file));
      }
      run = operator.start("verify-assets", WHY);
      killAfter(server, operator, run, FILES / 10);
    }

    try (Server server = start.server()) {
      OperatorClient operator = new OperatorClient(server.base(), key);
      goOn(operator, run);
      List<String> removed =
          operator
              .get("runs/" + run + "/report")
              .lines()
              .skip(1)
              .map(line -> line.replaceAll("^[0-9]+,([^,]*),.*", "$1"))
              .toList();
      assertThat(removed).containsExactlyInAnyOrderElementsOf(leftOver);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> leftOver.stream().noneMatch(this::isStored));

      run = operator.start("dwell-report", MANY_DAYS);
      killAfter(server, operator, run, 100);
    }

    try (Server server = start.server()) {
      OperatorClient operator = new OperatorClient(server.base(), key);
      long report = run;
      operator.restart(report);
      long before = operator.run(report).getInt("read");
      operator.await(report, state -> state.getInt("read") > before);
      operator.stop(report);
      assertThat(operator.awaitEnd(report).getString("status")).isEqualTo("STOPPED");
      assertThat(operator.run(report).getInt("read")).isLessThan(DAYS);
      JsonObject ended = goOn(operator, report);
      assertThat(ended.getInt("read")).isEqualTo(DAYS);
      assertThat(operator.get("runs/" + report + "/report").lines())
          .hasSizeGreaterThan(0)
          .first()
          .asString()
          .startsWith("day,status,provider,stays");

      long last = operator.start("verify-assets", WHY);
      assertThat(operator.awaitEnd(last).getString("status")).isEqualTo("COMPLETED");
      long stopped = operator.start("dwell-report", MANY_DAYS);
      operator.await(stopped, state -> state.getInt("read") > 0);
      server.stop();
      assertThat(rows("select status from maintenance_run where id = " + stopped))
          .containsExactly("STOPPED");
    }
    assertThat(rows("select count(*) from audit_entry where action like 'batch-%'"))
        .first()
        .satisfies(count -> assertThat(Integer.parseInt(count)).isGreaterThan(12));
  }

  private void measureImport(OperatorClient operator, int lines) throws Exception {
    long began = System.nanoTime();
    long run = startImport(operator, lines, "measured");
    JsonObject ended = operator.awaitEnd(run);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("COMPLETED");
    assertThat(ended.getInt("written")).isEqualTo(lines - bad(lines));
    LOG.info(() -> "Imported " + lines + " lines, " + bad(lines) + " of them bad, in " + took);
    setAll(CANCELLED);
  }

  private static int bad(int lines) {
    return lines * BAD / LINES;
  }

  private static long startImport(OperatorClient operator, int lines, String owner)
      throws Exception {
    return operator.start("import?owner=" + owner + "&reason=test", CSV, file(lines, owner));
  }

  private static String file(int lines, String prompt) {
    StringBuilder file = new StringBuilder("prompt\n");
    for (int line = 2; line <= lines + 1; line++) {
      file.append(line % (LINES / BAD) == 0 ? "\"broken" : prompt + " " + line).append('\n');
    }
    return file.toString();
  }

  private static void killAfter(Server server, OperatorClient operator, long run, int items) {
    JsonObject last =
        operator.await(run, state -> state.getInt("read") >= items || !state.isNull("endedAt"));
    server.kill();
    assertThat(last.getString("status"))
        .as("is killed in the middle: %s", last)
        .isEqualTo("RUNNING");
  }

  /** After the start the run is abandoned, and nobody but an operator has it go on. */
  private static JsonObject goOn(OperatorClient operator, long run) throws Exception {
    JsonObject found = operator.run(run);
    assertThat(found.getString("status")).as(found.toString()).isIn("ABANDONED", "STOPPED");
    assertThat(found.getBoolean("restartable")).isTrue();
    operator.restart(run);
    JsonObject ended = operator.awaitEnd(run);
    assertThat(ended.getString("status")).as(ended.toString()).isEqualTo("COMPLETED");
    LOG.info(
        () ->
            ended.getString("job")
                + " went on at "
                + found.getInt("read")
                + " and has "
                + ended.getInt("read"));
    return ended;
  }

  private Path files() {
    return folder.resolve("home").resolve("files");
  }

  private Path place(String key) {
    return files().resolve(key.substring(0, 2)).resolve(key);
  }

  private String leftOver(String content) throws IOException {
    String scope = UUID.randomUUID() + "/1";
    String key =
        new DiskStore(files())
            .put(
                scope,
                FileType.PNG,
                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
            .key();
    Files.setLastModifiedTime(place(key), FileTime.from(Instant.now().minus(Duration.ofDays(3))));
    return key;
  }

  private boolean isStored(String key) {
    return Files.exists(place(key));
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
