package io.maquette.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL server for all tests of a process; each test class has a database of its own. */
public final class TestPostgres {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static EmbeddedPostgres server;

  private TestPostgres() {}

  /** Returns the server, which ends with the process. */
  public static synchronized EmbeddedPostgres server() {
    try {
      if (server == null) {
        server = EmbeddedPostgres.start();
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates a database and returns a connection pool for it. */
  public static HikariDataSource newDatabase() throws SQLException {
    String name = "test_" + NUMBER.incrementAndGet();
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    HikariConfig config = new HikariConfig();
    config.setDataSource(server().getDatabase("postgres", name));
    config.setMaximumPoolSize(20);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }
}
