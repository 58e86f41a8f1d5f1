package io.maquette.task;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.maquette.Tool;
import io.maquette.persistence.PgBouncer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of {@link TaskDatabaseContract} through PgBouncer in transaction mode, if it is installed.
 */
@Tag("all")
class PgBouncerTaskDatabaseTest extends TaskDatabaseContract {

  @TempDir static Path folder;

  private static EmbeddedPostgres server;
  private static PgBouncer pooler;
  private static HikariDataSource pool;
  private static TaskDatabase database;

  @BeforeAll
  static void open() throws IOException, SQLException {
    Tool.PGBOUNCER.require();
    server = EmbeddedPostgres.start();
    pooler = new PgBouncer(folder, server.getPort(), true);
    HikariConfig config = new HikariConfig();
    config.setDataSource(pooler.source());
    config.setMaximumPoolSize(16);
    config.setInitializationFailTimeout(-1);
    pool = new HikariDataSource(config);
    await()
        .ignoreExceptions()
        .until(
            () -> {
              pool.getConnection().close();
              return true;
            });
    database = new TaskDatabase(pool);
  }

  @AfterAll
  static void close() throws IOException {
    if (server != null) {
      database.close();
      pool.close();
      pooler.close();
      server.close();
    }
  }

  @Override
  public TaskDatabase database() {
    return database;
  }
}
