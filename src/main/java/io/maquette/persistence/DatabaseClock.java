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
 * Clock with the database's time, which all nodes share. Leases, deadlines and the history use it.
 *
 * <p>The clock reads the database's time periodically and adds this machine's uptime in between. A
 * jump of the machine's own clock therefore does not affect it.
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
   * Creates the clock with a first reading.
   *
   * @throws SQLException if the database cannot be queried
   */
  public static DatabaseClock of(DataSource database) throws SQLException {
    return new DatabaseClock(database, read(database));
  }

  /**
   * Reads the database's time again.
   *
   * @throws SQLException if the database cannot be queried; the clock then keeps its previous
   *     reading
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

  /** Returns this clock, because its instants do not depend on a zone. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
