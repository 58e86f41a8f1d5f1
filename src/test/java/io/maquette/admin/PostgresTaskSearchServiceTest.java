package io.maquette.admin;

import io.maquette.task.TaskDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresTaskSearchServiceTest extends TaskSearchServiceContract {

  private EmbeddedPostgres server;
  private TaskDatabase database;

  @BeforeAll
  void open() throws Exception {
    server = EmbeddedPostgres.start();
    database = new TaskDatabase(server.getPostgresDatabase());
    fill();
  }

  @AfterAll
  void close() throws IOException {
    database.close();
    server.close();
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
