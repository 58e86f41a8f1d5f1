package io.maquette.persistence;

import io.maquette.config.InvalidSettingsException;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.telemetry.JsonLog;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Startup bean that migrates the schema before anything uses it. Every bean that uses the database
 * from the start depends on this one.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Schema {

  private static final Logger LOG = Logger.getLogger(Schema.class.getName());

  // read first, so that wrong settings stop the start with their names
  @Inject private Settings settings;
  @Inject private JsonLog log;
  @Inject private DatabaseOutageLog outages;
  @Inject private DataSource database;

  @PostConstruct
  void migrate() {
    log.begin(); // before the following steps log anything
    outages.begin();
    int migrations = run();
    LOG.info(
        () ->
            "Schema is up to date in "
                + settings.get(Setting.DB_URL).replaceAll("[;?].*", "")
                + (migrations == 0 ? "" : " after " + migrations + " migrations"));
  }

  private int run() {
    try {
      EmbeddedDatabase.checkFolder(settings);
      return Migrations.run(database);
    } catch (IllegalStateException | InvalidSettingsException e) {
      LOG.severe(() -> "Maquette does not start: " + e.getMessage() + hint(e));
      throw e;
    }
  }

  /**
   * Returns a hint for WildFly, whose pool settings contain startup parameters that a pooler
   * refuses.
   */
  private static String hint(RuntimeException e) {
    return DatabaseTrouble.rootOf(e).contains("unsupported startup parameter")
        ? " (a connection pooler refuses what the server's data source sends: remove its"
            + " connection property 'options' and add prepareThreshold=0 to maquette.db.url, see"
            + " docs/deployment.md, Connection poolers)"
        : "";
  }
}
