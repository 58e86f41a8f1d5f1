package io.maquette.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.maquette.config.Settings;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test that the embedded database's file is compacted while the database is in use. */
class DatabaseFileTest {

  private static final int ROWS = 2_000;
  private static final int COMMITS = 3_000;

  @TempDir Path folder;

  /** Fills the file so that each commit leaves a chunk with one row that stays current for long. */
  private static void fill(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("create table note (id int primary key, text varchar(2000), seen int)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into note values (?, random_uuid() || ?, 0)")) {
      for (int row = 0; row < ROWS; row++) {
        insert.setInt(1, row);
        insert.setString(2, "text ".repeat(100));
        insert.executeUpdate();
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement("update note set seen = seen + 1 where id = ?")) {
      for (int change = 0; change < COMMITS; change++) {
        update.setInt(1, (change * 7919) % ROWS);
        update.executeUpdate();
      }
    }
  }

  private long size() throws Exception {
    return Files.size(folder.resolve("database").resolve("maquette.mv.db"));
  }

  @Test
  void the_file_shrinks_while_the_database_is_in_use_and_keeps_its_rows() throws Exception {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create(Settings.embeddedDatabaseIn(folder), "", "");
    DatabaseFile file = new DatabaseFile(pool, source(), Duration.ZERO);
    try (Connection connection = pool.getConnection();
        Statement sql = connection.createStatement()) {
      fill(connection);
      long full = size();
      assertThat(full).as("file before").isGreaterThan(32 << 20);
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                assertThat(file.keep()).isTrue();
                sql.execute("update note set seen = seen + 1 where id = 1"); // like a heartbeat
                return size() < 10 << 20;
              });
      try (ResultSet row =
          sql.executeQuery("select count(*), count(distinct text) from note where seen > 0")) {
        row.next();
        assertThat(row.getInt(1)).isEqualTo(ROWS);
        assertThat(row.getInt(2)).isEqualTo(ROWS);
      }
    } finally {
      pool.dispose();
    }
  }

  @Test
  void a_clean_stop_leaves_a_compact_file() throws Exception {
    try (Connection connection = source().getConnection()) {
      fill(connection);
    }
    assertThat(size()).isLessThan(10 << 20);
  }

  @Test
  void a_database_in_memory_is_left_as_it_is() throws Exception {
    JdbcDataSource memory = new JdbcDataSource();
    memory.setURL("jdbc:h2:mem:");
    assertThat(new DatabaseFile(memory, memory).keep()).isFalse();
  }

  private DataSource source() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL(Settings.embeddedDatabaseIn(folder));
    return h2;
  }

  private HikariDataSource pool() {
    return pool(source());
  }

  /** Creates a pool like Payara's, whose connections hide their driver. */
  private HikariDataSource poolThatHidesTheDriver() {
    DataSource source = source();
    return pool(
        proxy(
            DataSource.class,
            (proxy, method, arguments) ->
                method.getName().equals("getConnection")
                    ? hidden(DatabaseFile.connect(source))
                    : method.invoke(source, arguments)));
  }

  private static Connection hidden(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("unwrap")) {
            throw new IllegalArgumentException("not an interface");
          }
          try {
            return method.getName().equals("isWrapperFor")
                ? true
                : method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static HikariDataSource pool(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(3);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  /** Closes the file but keeps the sessions, as H2 does when a write fails. */
  private static void closeFile(Connection connection) throws SQLException {
    ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession())
        .getDatabase()
        .getStore()
        .closeImmediately();
  }

  private static void insert(DataSource database, int row) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("merge into note values (" + row + ")");
    }
  }

  private static int count(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery("select count(*) from note")) {
      row.next();
      return row.getInt(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_file_that_h2_has_closed_is_opened_again(boolean hides) throws Exception {
    try (HikariDataSource pool = hides ? poolThatHidesTheDriver() : pool();
        Connection own = source().getConnection()) {
      Connection held = pool.getConnection(); // closed with the pool
      Connection other = pool.getConnection();
      Statement sql = held.createStatement();
      sql.execute("create table note (id int primary key)");
      insert(pool, 1);
      DatabaseFile file = new DatabaseFile(pool, source());
      assertThat(file.keep()).isTrue();
      closeFile(own);
      assertThat(other.isValid(1)).as("what H2 says of a session without a file").isTrue();
      assertThatThrownBy(() -> sql.execute("insert into note values (2)"))
          .satisfies(e -> assertThat(DatabaseTrouble.isBehind(e)).isTrue());
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(600)) // the pool validates connections no more often
          .ignoreExceptions()
          .until(
              () -> {
                file.keep();
                insert(pool, 3);
                return count(pool) == 2;
              });
      assertThat(other.isValid(1)).isFalse();
      // each statement would remove the reopened database from H2's list if its session were not
      // ended
      assertThatThrownBy(() -> other.createStatement().execute("select 1"))
          .satisfies(e -> assertThat(DatabaseTrouble.isBehind(e)).isTrue());
      assertThat(count(source())).isEqualTo(2);
    }
  }

  @Test
  void a_database_that_cannot_be_joined_any_more_is_opened_again() throws Exception {
    Connection broken = source().getConnection();
    Statement sql = broken.createStatement();
    sql.execute("create table note (id int primary key)");
    closeFile(broken);
    assertThatThrownBy(() -> sql.execute("select 1"));
    try (HikariDataSource pool = pool()) {
      insert(pool, 1); // in the newly opened database
      assertThatThrownBy(() -> sql.execute("select 1")); // this removes it from H2's list
      assertThatThrownBy(() -> source().getConnection())
          .satisfies(e -> assertThat(DatabaseTrouble.isBehind(e)).isTrue());
      DatabaseFile file = new DatabaseFile(pool, source());
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(600)) // the pool validates connections no more often
          .ignoreExceptions()
          .until(() -> file.keep() && count(source()) == 1);
    }
  }

  @Test
  void a_file_that_was_removed_is_a_problem() throws Exception {
    try (HikariDataSource pool = pool()) {
      DatabaseFile file = new DatabaseFile(pool, source());
      assertThat(file.keep()).isTrue();
      Files.delete(folder.resolve("database").resolve("maquette.mv.db"));
      assertThatThrownBy(file::keep)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("maquette.mv.db")
          .hasMessageContaining("removed");
    }
  }
}
