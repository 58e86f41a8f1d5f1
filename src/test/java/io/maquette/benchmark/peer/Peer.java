package io.maquette.benchmark.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.maquette.benchmark.war.LoopbackClient;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileType;
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
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/**
 * A contestant in a process of its own: it does the flow with its own means, on tables of its own,
 * with the provider client and the file store that all have. What is told on its standard input is
 * how many tasks to do; it answers the nanoseconds they took.
 *
 * <p>What is kept of a task is one row: its pictures, the choice, the job and the model, each in
 * the database before the next step begins.
 */
abstract class Peer {

  private static final int CONNECTIONS = 24;

  final HikariDataSource database;
  final LoopbackClient provider;
  final int hands;
  final boolean whole;
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
    store = new DiskStore(Path.of(System.getenv("BENCHMARK_STORE")));
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

  /** Begins so many tasks; their ids begin with the batch's name. */
  abstract void begin(String batch, int count) throws Exception;

  final void serve() throws Exception {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    System.out.println("ready");
    int batch = 0;
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      int count = Integer.parseInt(order);
      completed = new CountDownLatch(count);
      long began = System.nanoTime();
      begin("batch" + batch++, count);
      completed.await();
      System.out.println(System.nanoTime() - began);
    }
    System.exit(0);
  }

  final void create(String id) {
    change("insert into flow (id, prompt) values (?, ?)", id, "benchmark task");
  }

  final void makePicture(String id, int index) throws IOException {
    String key = put(id, FileType.PNG, provider.picture());
    change("update flow set picture" + index + " = ? where id = ?", key, id);
  }

  final void choose(String id) {
    change("update flow set chosen = 0 where id = ?", id);
  }

  final void submit(String id) throws IOException {
    change("update flow set job = ? where id = ?", provider.submit(), id);
  }

  /** Asks for the job and completes the task; false if the job is not done. */
  final boolean complete(String id, String job) throws IOException {
    if (!provider.isDone(job)) {
      return false;
    }
    String key = put(id, FileType.GLB, whole ? provider.model() : SMALL);
    change("update flow set model = ? where id = ?", key, id);
    completed.countDown();
    return true;
  }

  private static final byte[] SMALL = new byte[800];

  private String put(String id, FileType type, byte[] content) throws IOException {
    return store.put(id, type, new ByteArrayInputStream(content)).key();
  }

  private void change(String sql, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
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
