package io.maquette.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Data source for PostgreSQL, directly or through a connection pooler such as PgBouncer, which it
 * detects.
 *
 * <p>A pooler in transaction mode gives each transaction another session of the server. It refuses
 * the startup parameter {@code options} ("unsupported startup parameter", PgBouncer and Neon), or
 * ignores it if {@code ignore_startup_parameters} names it. A statement prepared in one session is
 * unknown in the next one, or exists there already (42P05). Behind a pooler neither is used. The
 * server must then set what the options would set, and this class checks it.
 */
final class PostgresDataSource extends PGSimpleDataSource {

  private static final long serialVersionUID = 1;
  private static final Logger LOG = Logger.getLogger(PostgresDataSource.class.getName());

  /**
   * Session options: the database notices a dead connection within 25 seconds and an idle
   * transaction after 60 seconds, and releases their locks. By default it would wait for hours.
   */
  private static final String SESSION =
      "-c default_transaction_isolation=read\\ committed"
          + " -c idle_in_transaction_session_timeout=60s -c tcp_keepalives_idle=10"
          + " -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c maquette.direct=on";

  /**
   * Option that proves that the server received the options. The other options prove nothing,
   * because operators set them for the role if there is a pooler.
   */
  private static final String MARKER = "maquette.direct";

  private final boolean isThresholdSet;
  private boolean isChecked;

  /**
   * Creates a data source.
   *
   * @param url may set {@code options} and {@code prepareThreshold}, which are then kept
   */
  PostgresDataSource(String url) {
    setUrl(url);
    isThresholdSet = url.contains("prepareThreshold=");
    if (!isThresholdSet) {
      setPrepareThreshold(1); // the application repeats every statement
    }
    if (getOptions() == null) {
      setOptions(SESSION);
    } else {
      isChecked = true;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return isChecked() ? super.getConnection(user, password) : firstConnection(user, password);
  }

  private synchronized boolean isChecked() {
    return isChecked;
  }

  private synchronized Connection firstConnection(String user, String password)
      throws SQLException {
    if (isChecked) {
      return super.getConnection(user, password);
    }
    try {
      Connection connection = super.getConnection(user, password);
      if (isDirect(connection)) {
        isChecked = true;
        return connection;
      }
      connection.close();
      adaptToPooler("ignores");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("unsupported startup parameter")) {
        throw e;
      }
      adaptToPooler("refuses");
    }
    Connection connection = super.getConnection(user, password);
    try {
      checkServer(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    isChecked = true;
    return connection;
  }

  private static boolean isDirect(Connection connection) throws SQLException {
    try {
      return "on".equals(setting(connection, MARKER));
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void adaptToPooler(String does) {
    setOptions(null);
    if (!isThresholdSet) {
      setPrepareThreshold(0);
    }
    LOG.info(
        () ->
            "The database is behind a connection pooler, which "
                + does
                + " the startup parameter 'options': "
                + (isThresholdSet
                    ? "prepareThreshold has the value of maquette.db.url"
                    : "statements are not prepared at the server (prepareThreshold=0)"));
  }

  /** Checks at the server the settings that the application cannot set behind a pooler. */
  private void checkServer(Connection connection) throws SQLException {
    String isolation = setting(connection, "default_transaction_isolation");
    if (!"read committed".equals(isolation)) {
      throw new SQLException(
          "The database's default_transaction_isolation is '"
              + isolation
              + "' and cannot be set through a connection pooler; run: ALTER ROLE \""
              + getUser()
              + "\" SET default_transaction_isolation = 'read committed'");
    }
    if ("0".equals(setting(connection, "idle_in_transaction_session_timeout"))) {
      LOG.warning(
          () ->
              "No idle timeout of transactions can be set through a connection pooler. A transaction"
                  + " of a node that lost its connection keeps its locks for hours. Run: ALTER ROLE \""
                  + getUser()
                  + "\" SET idle_in_transaction_session_timeout = '60s'");
    }
  }

  /** Returns a setting of the session; null if it does not exist. */
  private static String setting(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_setting('" + name + "', true)")) {
      row.next();
      return row.getString(1);
    }
  }
}
