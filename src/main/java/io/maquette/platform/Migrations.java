package io.maquette.platform;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The steps that bring a database to the schema of this version. */
public final class Migrations {

  private Migrations() {}

  /** Runs those that are still to be run and says how many they were. */
  public static int run(DataSource database) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration")
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
