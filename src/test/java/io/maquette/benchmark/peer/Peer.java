package io.maquette.benchmark.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.maquette.benchmark.war.LoopbackClient;
import io.maquette.persistence.Migrations;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileType;
import io.maquette.task.TaskStatus;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A contestant in a process of its own: it does the flow with its own means, on tables of its own,
 * with the provider client and the file store that all have. What is told on its standard input is
 * how many tasks to do; it answers the nanoseconds they took.
 *
 * <p>What is kept of a task is one row: its pictures, the choice, the job and the model, each in
 * the database before the next step begins. On equal work a step also writes its {@link EqualRows}
 * in the same transaction.
 */
abstract class Peer {

  private static final int CONNECTIONS = 24;
  private static final int PICTURES = 4;

  final HikariDataSource database;
  final LoopbackClient provider;
  final int hands;
  final boolean whole;
  private final boolean equal;
  private final DiskStore store;
  private volatile CountDownLatch completed;

  Peer() throws SQLException {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(System.getenv("BENCHMARK_DATABASE"));
    pool.setUsername("postgres");
    pool.setMaximumPoolSize(CONNECTIONS);
    database = new HikariDataSource(pool);
    provider = new LoopbackClient(URI.create(System.getenv("BENCHMARK_PROVIDER")));
    hands = Integer.parseInt(System.getenv("BENCHMARK_HANDS"));
    whole = !"model".equals(System.getenv("BENCHMARK_FLOW"));
    equal = Boolean.parseBoolean(System.getenv("BENCHMARK_EQUAL"));
    store = new DiskStore(Path.of(System.getenv("BENCHMARK_STORE")));
    if (equal) {
      Migrations.run(database); // needs an empty schema
    }
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table flow (id varchar(60) primary key, prompt varchar(1000) not null,"
              + " picture0 varchar(200), picture1 varchar(200), picture2 varchar(200),"
              + " picture3 varchar(200), chosen smallint, job varchar(200), model varchar(200))");
    }
  }

  final DataSource database() {
    return database;
  }

  /** Begins tasks with these ids. */
  abstract void begin(List<String> ids) throws Exception;

  final void serve() throws Exception {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    System.out.println("ready");
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      int count = Integer.parseInt(order);
      completed = new CountDownLatch(count);
      List<String> ids = Stream.generate(() -> UUID.randomUUID().toString()).limit(count).toList();
      long began = System.nanoTime();
      begin(ids);
      completed.await();
      System.out.println(System.nanoTime() - began);
    }
    System.exit(0);
  }

  /** Creates a task. In the flow of two remote steps it has its pictures, and one is chosen. */
  final void create(String id) {
    change(
        id,
        rows -> {
          if (whole) {
            rows.changed(null, TaskStatus.IMAGE_PENDING);
          } else {
            rows.changed(TaskStatus.IMAGE_COMPLETED, TaskStatus.MODEL_PENDING);
          }
          return 0;
        },
        "insert into flow (id, prompt) values (?, ?)",
        id,
        "benchmark task");
  }

  final void makePictures(String id) throws IOException {
    long submission =
        begin(
            id,
            rows -> {
              rows.changed(TaskStatus.IMAGE_PENDING, TaskStatus.IMAGE_GENERATING);
              return rows.imageSubmission(0);
            });
    for (int picture = 0; picture < PICTURES; picture++) {
      String key = put(id, FileType.PNG, provider.picture());
      int index = picture;
      long answered = submission;
      submission =
          change(
              id,
              rows -> {
                rows.accepted(answered, null);
                rows.imageStored(index);
                if (index + 1 < PICTURES) {
                  return rows.imageSubmission(index + 1);
                }
                rows.changed(TaskStatus.IMAGE_GENERATING, TaskStatus.IMAGE_COMPLETED);
                return 0;
              },
              "update flow set picture" + index + " = ? where id = ?",
              key,
              id);
    }
  }

  final void choose(String id) {
    change(
        id,
        rows -> {
          rows.changed(TaskStatus.IMAGE_COMPLETED, TaskStatus.MODEL_PENDING);
          return 0;
        },
        "update flow set chosen = 0 where id = ?",
        id);
  }

  final void submit(String id) throws IOException {
    long submission =
        begin(
            id,
            rows -> {
              rows.changed(TaskStatus.MODEL_PENDING, TaskStatus.MODEL_GENERATING);
              return rows.modelSubmission();
            });
    String job = provider.submit();
    change(
        id,
        rows -> {
          rows.accepted(submission, job);
          rows.modelSubmitted(job);
          return 0;
        },
        "update flow set job = ? where id = ?",
        job,
        id);
  }

  /** Asks for the job and completes the task; false if the job is not done. */
  final boolean complete(String id, String job) throws IOException {
    if (!provider.isDone(job)) {
      return false;
    }
    String key = put(id, FileType.GLB, whole ? provider.model() : SMALL);
    change(
        id,
        rows -> {
          rows.changed(TaskStatus.MODEL_GENERATING, TaskStatus.MODEL_COMPLETED);
          return 0;
        },
        "update flow set model = ? where id = ?",
        key,
        id);
    completed.countDown();
    return true;
  }

  private static final byte[] SMALL = new byte[800];

  private String put(String id, FileType type, byte[] content) throws IOException {
    return store.put(id, type, new ByteArrayInputStream(content)).key();
  }

  /** Begins a stage, which writes rows on equal work only. */
  private long begin(String id, EqualRows.Step step) {
    return equal ? inTransaction(id, connection -> {}, step) : 0;
  }

  /** Changes a task, on equal work with the rows of the step in the same transaction. */
  private long change(String id, EqualRows.Step step, String sql, Object... values) {
    if (equal) {
      return inTransaction(id, connection -> execute(connection, sql, values), step);
    }
    try (Connection connection = database.getConnection()) {
      execute(connection, sql, values);
      return 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Change {
    void in(Connection connection) throws SQLException;
  }

  private long inTransaction(String id, Change change, EqualRows.Step step) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      change.in(connection);
      long submission = step.write(new EqualRows(connection, id));
      connection.commit();
      return submission;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  final String jobOf(String id) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select job from flow where id = ?")) {
      statement.setString(1, id);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
