package io.maquette.persistence;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.telemetry.LogThrottle;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Timer of the {@link DatabaseFile}; it does nothing on PostgreSQL. */
@Singleton
@Startup
@DependsOn("Schema")
@TransactionManagement(TransactionManagementType.BEAN)
public class DatabaseHousekeeping {

  private static final Logger LOG = Logger.getLogger(DatabaseHousekeeping.class.getName());
  private static final long EVERY_MILLIS = 1_000;

  private final LogThrottle throttle = new LogThrottle();

  @Resource private TimerService timers;
  @Inject private DataSource database;
  @Inject private Settings settings;
  @Inject private DatabaseCondition condition;
  private DatabaseFile file;

  @PostConstruct
  void start() {
    if (EmbeddedDatabase.isAt(settings.get(Setting.DB_URL))) {
      file = new DatabaseFile(database, SettingsDataSource.of(settings));
      timers.createIntervalTimer(EVERY_MILLIS, EVERY_MILLIS, new TimerConfig(null, false));
    }
  }

  @Timeout
  void keep(Timer timer) {
    try {
      if (!file.keep()) {
        timer.cancel();
        LOG.info("The database is not in a file of this process, so this node does not compact it");
      }
      condition.fileIsWell();
    } catch (IOException e) {
      condition.fileHasProblem(e.getMessage());
    } catch (SQLException | RuntimeException e) {
      throttle
          .permit(e.getClass().getName())
          .ifPresent(
              leftOut ->
                  LOG.log(
                      Level.WARNING,
                      e,
                      () ->
                          "The database file could not be compacted or checked; the next attempt"
                              + " follows in a second"
                              + LogThrottle.suffix(leftOut)));
    }
  }
}
