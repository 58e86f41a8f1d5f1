package io.maquette.admin;

import com.zaxxer.hikari.HikariDataSource;
import io.maquette.persistence.TestPostgres;
import io.maquette.task.TaskDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresTaskSearchServiceTest extends TaskSearchServiceContract {

  private HikariDataSource pool;
  private TaskDatabase database;

  @BeforeAll
  void open() throws Exception {
    pool = TestPostgres.newDatabase();
    database = new TaskDatabase(pool);
    fill();
  }

  @AfterAll
  void close() {
    database.close();
    pool.close();
  }

  @Override
  protected TaskDatabase database() {
    return database;
  }

  @Override
  protected String series(int count) {
    return "generate_series(1, " + count + ") n";
  }
}
