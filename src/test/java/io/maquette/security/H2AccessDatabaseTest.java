package io.maquette.security;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2AccessDatabaseTest extends AccessDatabaseContract {

  @TempDir static Path folder;

  private static JdbcConnectionPool pool;
  private static AccessDatabase database;

  @BeforeAll
  static void open() {
    pool =
        JdbcConnectionPool.create(
            "jdbc:h2:file:" + folder.resolve("maquette") + ";WRITE_DELAY=0", "", "");
    database = new AccessDatabase(pool);
  }

  @AfterAll
  static void close() {
    database.close();
    pool.dispose();
  }

  @Override
  AccessDatabase database() {
    return database;
  }
}
