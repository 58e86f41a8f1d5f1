package io.maquette.it;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Locks that a test holds in PostgreSQL, so that other transactions wait. */
final class Locks implements AutoCloseable {

  private final String url;
  private final List<Connection> holders = new ArrayList<>();

  Locks(String url) {
    this.url = url;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "postgres", "");
  }

  /** Takes a lock and keeps it. */
  synchronized void take(String statement) throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    holders.add(connection);
    try (Statement sql = connection.createStatement()) {
      sql.execute("set local lock_timeout = '10s'");
      sql.execute(statement);
    }
  }

  /** How many sessions stand still at some lock. */
  int waiting() throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and datname = current_database()")) {
      row.next();
      return row.getInt(1);
    }
  }

  void awaitWaiting(int sessions) {
    await().atMost(Duration.ofSeconds(30)).until(() -> waiting() >= sessions);
  }

  /** Lets go of everything. */
  synchronized void release() throws SQLException {
    for (Connection connection : holders) {
      connection.close();
    }
    holders.clear();
  }

  @Override
  public void close() throws SQLException {
    release();
  }
}
