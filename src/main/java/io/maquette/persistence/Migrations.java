package io.maquette.persistence;

import io.maquette.config.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Schema migrations up to the schema of this version. */
public final class Migrations {

  private Migrations() {}

  /**
   * Runs the pending migrations and returns their number. A newer version may have run further
   * migrations. This version works with their schema, unless it requires a newer version.
   *
   * @throws IllegalStateException saying why this version does not work with the database
   */
  public static int run(DataSource database) {
    Flyway flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(database)
            .locations("classpath:db/migration")
            .callbacks(new TimeoutCallback())
            .load();
    int run = migrate(flyway);
    MigrationVersion known = newest(flyway, MigrationState::isResolved);
    MigrationVersion needed = floor(database);
    if (needed.isNewerThan(known)) {
      throw new IllegalStateException(
          "The schema belongs to a newer version of Maquette. It requires a version with migration "
              + needed
              + ", but version "
              + Version.CURRENT
              + " ends with migration "
              + known);
    }
    return run;
  }

  private static int migrate(Flyway flyway) {
    try {
      return flyway.migrate().migrationsExecuted;
    } catch (FlywayException e) {
      throw new IllegalStateException(
          "The schema is at migration "
              + Objects.requireNonNullElse(newest(flyway, MigrationState::isApplied), "0")
              + ", this version needs "
              + newest(flyway, MigrationState::isResolved)
              + ", and the migration failed: "
              + e.getMessage().strip().replaceAll("\\s+", " "),
          e);
    }
  }

  private interface Kind {
    boolean has(MigrationState state);
  }

  private static MigrationVersion newest(Flyway flyway, Kind kind) {
    return Stream.of(flyway.info().all())
        .filter(migration -> kind.has(migration.getState()) && !migration.getState().isFailed())
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(MigrationVersion::compareTo)
        .orElse(null);
  }

  /** Returns the oldest migration that a version must know to work with the schema. */
  private static MigrationVersion floor(DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(version) from schema_floor")) {
      row.next();
      return MigrationVersion.fromVersion(row.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException("The database cannot be queried", e);
    }
  }

  /** Callback that lifts the connection's network time-out while a migration runs. */
  private static final class TimeoutCallback implements Callback {

    private int usual;

    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_EACH_MIGRATE
          || event == Event.AFTER_EACH_MIGRATE
          || event == Event.AFTER_EACH_MIGRATE_ERROR;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
      return true;
    }

    @Override
    public void handle(Event event, Context context) {
      Connection connection = context.getConnection();
      try {
        if (event == Event.BEFORE_EACH_MIGRATE) {
          usual = connection.getNetworkTimeout();
          connection.setNetworkTimeout(Runnable::run, 0);
        } else {
          connection.setNetworkTimeout(Runnable::run, usual);
        }
      } catch (SQLException e) {
        throw new IllegalStateException("The statement timeout of the connection cannot be set", e);
      }
    }

    @Override
    public String getCallbackName() {
      return "unhurried";
    }
  }
}
