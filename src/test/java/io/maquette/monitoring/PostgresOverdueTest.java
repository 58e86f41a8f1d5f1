package io.maquette.monitoring;

import io.maquette.task.TaskDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresOverdueTest extends OverdueContract {

  private static EmbeddedPostgres server;
  private static TaskDatabase database;

  @BeforeAll
  static void open() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    database = new TaskDatabase(server.getPostgresDatabase());
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    server.close();
  }

  @Override
  protected TaskDatabase database() {
    return database;
  }
}
