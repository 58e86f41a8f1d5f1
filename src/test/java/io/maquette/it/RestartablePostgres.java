package io.maquette.it;

import static org.awaitility.Awaitility.await;

import io.maquette.it.server.Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real PostgreSQL that ends without saying goodbye and is started again on the same files. */
final class RestartablePostgres implements AutoCloseable {

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  RestartablePostgres(Path folder) throws IOException {
    data = folder.resolve("postgres");
    port = Server.freePorts(0);
    start();
  }

  void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setServerConfig("synchronous_commit", "on") // which this library turns off
            .start();
  }

  int port() {
    return port;
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** As if its machine had lost power: nothing is written any more, no session is told. */
  void crash() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    ProcessHandle[] sessions = postmaster.descendants().toArray(ProcessHandle[]::new);
    postmaster.destroyForcibly();
    for (ProcessHandle session : sessions) {
      session.destroyForcibly();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> !postmaster.isAlive());
    server.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
