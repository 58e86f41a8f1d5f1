package io.maquette.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A PostgreSQL that counts its statements, and is as careful as one in use: commits are forced to
 * the disk, unlike the tests' own.
 */
final class BenchmarkDatabase implements AutoCloseable {

  /**
   * Work done.
   *
   * @param commits transactions that have written; who only reads needs no disk
   */
  record Work(long commits, long statements) {}

  /**
   * Rows of the history and of the submission ledger.
   *
   * @param accepted submissions that were completed with that outcome
   */
  record Rows(long events, long submissions, long accepted) {

    /** What one task writes: rows since then, by the number of tasks, if they divide evenly. */
    Rows perTask(Rows before, int tasks) {
      return new Rows(
          each(events - before.events, tasks),
          each(submissions - before.submissions, tasks),
          each(accepted - before.accepted, tasks));
    }

    private static long each(long rows, int tasks) {
      if (rows % tasks != 0) {
        throw new IllegalStateException(rows + " rows of " + tasks + " tasks");
      }
      return rows / tasks;
    }
  }

  private final EmbeddedPostgres server;

  BenchmarkDatabase(Path folder) throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(Files.createTempDirectory(folder, "postgres"))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("shared_preload_libraries", "pg_stat_statements")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create extension pg_stat_statements");
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** The address of a new database; the user is postgres. */
  String fresh(String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return server.getJdbcUrl("postgres", name);
  }

  /** Has the server learn what is in a database's tables, as it would by itself after a while. */
  void analyze(String name) throws SQLException {
    try (Connection connection = connect(server.getJdbcUrl("postgres", name));
        Statement statement = connection.createStatement()) {
      statement.execute("analyze");
    }
  }

  /** What was done in a database so far, and how many transactions have written in any. */
  Work workIn(String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint,"
                    + " coalesce(sum(calls), 0) from pg_stat_statements s"
                    + " join pg_database d on d.oid = s.dbid where d.datname = ?"
                    + " and query !~* '^(begin|commit|rollback|set|show)'")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Work(row.getLong(1), row.getLong(2));
      }
    }
  }

  /** Counts history and ledger of a database that has them. */
  Rows rowsIn(String name) throws SQLException {
    try (Connection connection = connect(server.getJdbcUrl("postgres", name));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from task_event), count(*),"
                    + " count(*) filter (where outcome = 'ACCEPTED') from provider_call")) {
      row.next();
      return new Rows(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  /** Forgets the statements of all databases. */
  void forgetStatements() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_stat_statements_reset()");
    }
  }

  /**
   * The statements that took longest since they were forgotten: milliseconds for a task, how often
   * for a task, milliseconds each.
   */
  List<String> statementsIn(String name, int most, int tasks) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select total_exec_time, calls, mean_exec_time, query from pg_stat_statements s"
                    + " join pg_stat_database d on d.datid = s.dbid where datname = ?"
                    + " order by total_exec_time desc limit ?")) {
      query.setString(1, name);
      query.setInt(2, most);
      try (ResultSet row = query.executeQuery()) {
        List<String> lines = new ArrayList<>();
        while (row.next()) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%7.3f ms  %7.3f  %7.3f ms  %s",
                  row.getDouble(1) / tasks,
                  row.getDouble(2) / tasks,
                  row.getDouble(3),
                  row.getString(4).replaceAll("\\s+", " ")));
        }
        return lines;
      }
    }
  }

  double cpuSeconds() throws IOException {
    return Processes.cpuSecondsOfFamily(process());
  }

  private ProcessHandle process() throws IOException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return ProcessHandle.of(row.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, "postgres", "");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
