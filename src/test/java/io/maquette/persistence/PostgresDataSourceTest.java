package io.maquette.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maquette.config.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test of the connections in the servers' pools, directly and through poolers. */
class PostgresDataSourceTest {

  private static final Logger LOG = Logger.getLogger(PostgresDataSource.class.getName());

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static DataSource source(int port, String parameters) {
    Map<String, String> values =
        Map.of(
            "maquette.db.url",
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres" + parameters,
            "maquette.db.user",
            "postgres");
    return SettingsDataSource.of(Settings.read(name -> Optional.ofNullable(values.get(name))), 10);
  }

  private static String setting(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_setting('" + name + "')")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Returns the number of prepared statements of the session at the server. */
  private static int prepared(Connection connection) throws SQLException {
    for (int i = 0; i < 10; i++) {
      try (PreparedStatement statement = connection.prepareStatement("select 1 + ?")) {
        statement.setInt(1, i);
        statement.execute();
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from pg_prepared_statements")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void a_direct_connection_has_its_session_settings_and_prepared_statements() throws Exception {
    try (Connection connection = source(server.getPort(), "").getConnection()) {
      assertThat(setting(connection, "idle_in_transaction_session_timeout")).isEqualTo("1min");
      assertThat(prepared(connection)).isPositive();
    }
  }

  private static final class Heard extends Handler implements AutoCloseable {
    private final List<String> messages = new ArrayList<>();

    Heard() {
      LOG.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      messages.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      LOG.removeHandler(this);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void behind_a_pooler_that_takes_no_options_nothing_is_prepared_and_the_log_names_what_to_set(
      boolean refuses) throws Exception {
    try (StartupProxy pooler = new StartupProxy(server.getPort(), refuses);
        Heard log = new Heard()) {
      DataSource source = source(pooler.port(), "");
      for (int i = 0; i < 2; i++) {
        try (Connection connection = source.getConnection()) {
          assertThat(setting(connection, "idle_in_transaction_session_timeout")).isEqualTo("0");
          assertThat(prepared(connection)).isZero();
        }
      }
      assertThat(log.messages).hasSize(2);
      assertThat(log.messages.get(0)).contains("options", "prepareThreshold=0");
      assertThat(log.messages.get(1))
          .contains("ALTER ROLE \"postgres\" SET idle_in_transaction_session_timeout = '60s'");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_pooler_is_detected_where_the_role_has_the_idle_timeout(boolean refuses) throws Exception {
    try (Connection direct = source(server.getPort(), "").getConnection();
        Statement statement = direct.createStatement();
        StartupProxy pooler = new StartupProxy(server.getPort(), refuses);
        Heard log = new Heard()) {
      statement.execute("alter role postgres set idle_in_transaction_session_timeout = '60s'");
      try (Connection connection = source(pooler.port(), "").getConnection()) {
        assertThat(setting(connection, "idle_in_transaction_session_timeout")).isEqualTo("1min");
        assertThat(prepared(connection)).isZero();
        assertThat(log.messages).hasSize(1);
        assertThat(log.messages.get(0)).contains("prepareThreshold=0");
      } finally {
        statement.execute("alter role postgres reset idle_in_transaction_session_timeout");
      }
    }
  }

  @Test
  void behind_a_pooler_the_address_may_still_ask_for_prepared_statements() throws Exception {
    try (StartupProxy pooler = new StartupProxy(server.getPort(), true);
        Connection connection = source(pooler.port(), "?prepareThreshold=1").getConnection()) {
      assertThat(prepared(connection)).isPositive();
    }
  }

  @Test
  void behind_a_pooler_another_isolation_of_the_server_is_refused_by_what_to_set()
      throws Exception {
    try (Connection direct = source(server.getPort(), "").getConnection();
        Statement statement = direct.createStatement();
        StartupProxy pooler = new StartupProxy(server.getPort(), true)) {
      statement.execute("alter role postgres set default_transaction_isolation = 'serializable'");
      try {
        assertThatThrownBy(() -> source(pooler.port(), "").getConnection())
            .hasMessageContaining("ALTER ROLE \"postgres\" SET default_transaction_isolation");
      } finally {
        statement.execute("alter role postgres reset default_transaction_isolation");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pgbouncer_in_transaction_mode_prepares_nothing_that_another_session_lacks(
      boolean ignores, @TempDir Path folder) throws Exception {
    try (PgBouncer pooler = new PgBouncer(folder, server.getPort(), ignores)) {
      DataSource source = pooler.source();
      await().ignoreExceptions().until(() -> source.getConnection() != null);
      try (Connection one = source.getConnection();
          Connection other = source.getConnection()) {
        other.setAutoCommit(false);
        for (int i = 0; i < 20; i++) { // alternates, so that they swap the server's sessions
          prepared(one);
          prepared(other);
          if (i % 2 == 0) {
            other.commit();
          }
        }
      }
    }
  }

  @Test
  void a_refused_row_is_not_quoted() throws Exception {
    try (Connection connection = source(server.getPort(), "").getConnection()) {
      connection.createStatement().execute("create table wish (prompt varchar(40) primary key)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into wish (prompt) values (?)")) {
        for (int i = 0; i < 3; i++) {
          insert.setString(1, "nobody's business");
          insert.addBatch();
        }
        assertThatThrownBy(insert::executeBatch)
            .isInstanceOf(BatchUpdateException.class)
            .satisfies(
                e -> {
                  for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                    assertThat(cause).message().doesNotContain("nobody's");
                  }
                });
      }
    }
  }
}
