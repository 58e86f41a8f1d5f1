package io.maquette.files;

import com.zaxxer.hikari.HikariDataSource;
import io.maquette.persistence.TestPostgres;
import io.maquette.task.TaskDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresPrintFilesTest extends PrintFilesContract {

  private static HikariDataSource pool;
  private static TaskDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    pool = TestPostgres.newDatabase();
    database = new TaskDatabase(pool);
  }

  @AfterAll
  static void close() {
    database.close();
    pool.close();
  }

  @Override
  TaskDatabase database() {
    return database;
  }
}
