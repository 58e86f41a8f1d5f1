package io.maquette.persistence;

import io.maquette.config.InvalidSettingsException;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Data source of the database from the settings; {@code web.xml} puts the server's pool in front of
 * it. The same WAR therefore uses H2 or PostgreSQL on every server without a change to the server.
 */
public class SettingsDataSource implements DataSource {

  private static final Logger LOG = Logger.getLogger(SettingsDataSource.class.getName());

  /** Time limit for opening a connection, in seconds. */
  private static final int LOGIN_TIMEOUT = 10;

  /**
   * Time limit for a response, in seconds. It is longer than any statement except migrations, and
   * detects dead connections.
   */
  private static final int ANSWER_TIMEOUT = 30;

  private DataSource target;
  private int loginTimeout = LOGIN_TIMEOUT;
  private PrintWriter logWriter;

  private synchronized DataSource target() throws SQLException {
    if (target == null) {
      target = of(settings(), loginTimeout);
    }
    return target;
  }

  /**
   * Reads the settings with the application's class loader, which the threads that fill a pool do
   * not carry.
   */
  private static Settings settings() throws SQLException {
    Config config = ConfigProvider.getConfig(SettingsDataSource.class.getClassLoader());
    try {
      Settings settings = Settings.read(name -> config.getOptionalValue(name, String.class));
      EmbeddedDatabase.checkFolder(settings);
      return settings;
    } catch (InvalidSettingsException e) {
      LOG.severe(() -> "Maquette does not start:\n" + e.getMessage());
      throw new SQLException(e.getMessage(), e);
    }
  }

  /** Returns the driver's own data source for these settings, with the default time-out. */
  static DataSource of(Settings settings) {
    return of(settings, LOGIN_TIMEOUT);
  }

  /** Returns the driver's own data source for these settings. */
  static DataSource of(Settings settings, int loginTimeout) {
    String url = settings.get(Setting.DB_URL);
    if (url.startsWith("jdbc:postgresql:")) {
      PostgresDataSource postgres = new PostgresDataSource(url);
      postgres.setUser(settings.get(Setting.DB_USER));
      postgres.setPassword(settings.get(Setting.DB_PASSWORD));
      postgres.setLoginTimeout(loginTimeout);
      postgres.setTcpKeepAlive(true);
      if (postgres.getSocketTimeout() == 0) {
        postgres.setSocketTimeout(ANSWER_TIMEOUT);
      }
      postgres.setApplicationName("maquette");
      postgres.setLogServerErrorDetail(false); // the detail quotes prompts
      postgres.setReWriteBatchedInserts(true); // sends a batch of rows as one statement
      return postgres;
    }
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL(url);
    h2.setUser(settings.get(Setting.DB_USER));
    h2.setPassword(settings.get(Setting.DB_PASSWORD));
    return h2;
  }

  @Override
  public Connection getConnection() throws SQLException {
    DataSource source = target();
    return source instanceof JdbcDataSource ? DatabaseFile.connect(source) : source.getConnection();
  }

  /**
   * Opens a connection with the user and password of the settings; it ignores those that a pool
   * passes.
   */
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public synchronized void setLoginTimeout(int seconds) {
    loginTimeout = seconds == 0 ? LOGIN_TIMEOUT : seconds;
  }

  @Override
  public synchronized int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public synchronized PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public synchronized void setLogWriter(PrintWriter out) {
    logWriter = out;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("this data source has no logger of its own");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    return target().unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || target().isWrapperFor(type);
  }
}
