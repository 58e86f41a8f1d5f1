package io.maquette.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Use of database connections by all nodes, as the database counts them. Each server has its own
 * kind of pool, and only some report their state.
 */
@ApplicationScoped
public class Connections {

  private static final String AT_POSTGRES =
      "select coalesce(sum(case when state = 'idle' then 0 else 1 end), 0),"
          + " coalesce(sum(case when state = 'idle' then 1 else 0 end), 0) from pg_stat_activity"
          + " where datname = current_database() and application_name = 'maquette'";

  private static final String AT_H2 =
      "select coalesce(sum(case when session_state = 'RUNNING' then 1 else 0 end), 0),"
          + " coalesce(sum(case when session_state = 'RUNNING' then 0 else 1 end), 0)"
          + " from information_schema.sessions";

  private DataSource database;

  /** For CDI. */
  protected Connections() {}

  @Inject
  public Connections(DataSource database) {
    this.database = database;
  }

  /**
   * Counts of connections.
   *
   * @param waited how long the pool took to supply a connection just now
   * @param active number of active connections, including this one
   * @param idle number of idle connections
   */
  public record Use(Duration waited, long active, long idle) {}

  /**
   * Reads the current use.
   *
   * @throws SQLException if the database cannot be queried
   */
  public Use now() throws SQLException {
    long began = System.nanoTime();
    try (Connection connection = database.getConnection()) {
      Duration waited = Duration.ofNanos(System.nanoTime() - began);
      boolean postgres = connection.getMetaData().getURL().startsWith("jdbc:postgresql:");
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(postgres ? AT_POSTGRES : AT_H2)) {
        row.next();
        return new Use(waited, row.getLong(1), row.getLong(2));
      }
    }
  }
}
