package io.maquette.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date before anything uses it. Whatever works on the database from the
 * start on depends on this bean.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Schema {

  private static final Logger LOG = Logger.getLogger(Schema.class.getName());

  @Resource(lookup = "java:app/jdbc/maquette")
  private DataSource database;

  @Inject private Settings settings; // read first: wrong ones stop the start by their names

  @PostConstruct
  void migrate() {
    int migrations = migrate(database);
    LOG.info(
        () ->
            "Schema is up to date in "
                + settings.get(Setting.DB_URL).replaceAll("[;?].*", "")
                + (migrations == 0 ? "" : " after " + migrations + " migrations"));
  }

  /** Runs the migrations that are still to be run and says how many those were. */
  public static int migrate(DataSource database) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/migration")
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
