package io.maquette.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * The database's time, which all nodes share: what leases, deadlines and histories are written in.
 *
 * <p>It is read from the database now and then and goes on by the machine's uptime in between, so a
 * jump of this machine's own clock does not touch it.
 */
public final class DatabaseClock extends Clock {

  private record Reading(Instant time, long nanos) {}

  private final DataSource database;
  private volatile Reading reading;

  private DatabaseClock(DataSource database, Reading reading) {
    this.database = database;
    this.reading = reading;
  }

  /**
   * Reads the time for the first time.
   *
   * @throws SQLException if the database cannot be asked
   */
  public static DatabaseClock of(DataSource database) throws SQLException {
    return new DatabaseClock(database, read(database));
  }

  /**
   * Reads the time again.
   *
   * @throws SQLException if the database cannot be asked; the clock then goes on as before
   */
  public void synchronise() throws SQLException {
    reading = read(database);
  }

  private static Reading read(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_timestamp")) {
      row.next();
      return new Reading(row.getObject(1, OffsetDateTime.class).toInstant(), System.nanoTime());
    }
  }

  @Override
  public Instant instant() {
    Reading last = reading;
    return last.time().plus(Duration.ofNanos(System.nanoTime() - last.nanos()));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Time here is UTC whatever the zone, so there is nothing to change. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
