package io.maquette.security;

import com.zaxxer.hikari.HikariDataSource;
import io.maquette.persistence.TestPostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresAccessDatabaseTest extends AccessDatabaseContract {

  private static HikariDataSource pool;
  private static AccessDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    pool = TestPostgres.newDatabase();
    database = new AccessDatabase(pool);
  }

  @AfterAll
  static void close() {
    database.close();
    pool.close();
  }

  @Override
  AccessDatabase database() {
    return database;
  }
}
