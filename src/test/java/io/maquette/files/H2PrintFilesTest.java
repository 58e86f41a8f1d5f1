package io.maquette.files;

import io.maquette.task.TaskDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2PrintFilesTest extends PrintFilesContract {

  @TempDir static Path folder;

  private static JdbcConnectionPool pool;
  private static TaskDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    pool =
        JdbcConnectionPool.create(
            "jdbc:h2:file:" + folder.resolve("maquette") + ";WRITE_DELAY=0", "", "");
    database = new TaskDatabase(pool);
  }

  @AfterAll
  static void close() {
    database.close();
    pool.dispose();
  }

  @Override
  TaskDatabase database() {
    return database;
  }
}
