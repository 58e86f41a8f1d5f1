package io.maquette.security;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresAccessDatabaseTest extends AccessDatabaseContract {

  private static EmbeddedPostgres server;
  private static AccessDatabase database;

  @BeforeAll
  static void open() throws IOException {
    server = EmbeddedPostgres.start();
    database = new AccessDatabase(server.getPostgresDatabase());
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    server.close();
  }

  @Override
  AccessDatabase database() {
    return database;
  }
}
