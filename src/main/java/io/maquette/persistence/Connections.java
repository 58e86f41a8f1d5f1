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
 * The connections of all nodes, as the database counts them: each server has a pool of its own
 * kind, and only some can be asked.
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
   * How they are used.
   *
   * @param waited how long one of the pool was waited for just now
   * @param active how many do something, this one included
   * @param idle how many do nothing
   */
  public record Use(Duration waited, long active, long idle) {}

  /**
   * How they are used now.
   *
   * @throws SQLException if the database cannot be asked
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
