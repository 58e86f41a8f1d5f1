package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.PayaraMicro;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The database fails in every way it can while clients create tasks and workers work on them. They
 * are told 503 with {@code Retry-After} meanwhile, it goes on unaided, and nothing is lost.
 */
@Tag("all")
@Tag("fault")
class DatabaseFaultsIT {

  private static final Path WAR = Path.of(System.getProperty("maquette.war"));

  /** How long an answer of the database may take, in seconds; {@code default} leaves it at that. */
  private static final String ANSWER_TIMEOUT = System.getProperty("it.faults.answer-timeout", "5");

  private static final Duration PAUSE = Duration.ofMillis(150);

  /** Creates tasks one after the other, and notes what it is told. */
  private static final class Client {

    private record Told(int status, boolean retryAfter, long nanoTime, String body) {}

    private final HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final URI tasks;
    private final Thread thread = new Thread(this::work, "client");
    private volatile boolean stopped;

    Client(URI base) {
      tasks = base.resolve("/api/tasks");
      thread.setDaemon(true);
      thread.start();
    }

    private void work() {
      for (int task = 0; !stopped; task++) {
        HttpRequest request =
            HttpRequest.newBuilder(tasks)
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"task " + task + "\"}"))
                .build();
        try {
          HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
          told.add(
              new Told(
                  answer.statusCode(),
                  answer.headers().firstValue("Retry-After").isPresent(),
                  System.nanoTime(),
                  answer.body()));
          answer
              .headers()
              .firstValue("Location")
              .ifPresent(address -> accepted.add(address.replaceFirst(".*/", "")));
          Thread.sleep(PAUSE.toMillis());
        } catch (IOException e) {
          told.add(new Told(0, false, System.nanoTime(), e.toString()));
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    private long count(int status, long since) {
      return told.stream().filter(one -> one.status() == status && one.nanoTime() > since).count();
    }

    void awaitRefusal(long since) {
      await().atMost(Duration.ofMinutes(1)).until(() -> count(503, since) > 0);
    }

    void awaitAcceptance(long since) {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> count(201, since) > 0);
    }

    void end() throws InterruptedException {
      stopped = true;
      thread.join();
    }
  }

  @Test
  void killed_sessions_a_crash_and_dead_connections_lose_nothing() throws Exception {
    Path folder = Wars.freshFolder("database-faults");
    try (RestartablePostgres postgres = new RestartablePostgres(folder);
        TcpProxy network = new TcpProxy(postgres.port());
        Standstill providers = new Standstill(null)) {
      String url = "jdbc:postgresql://127.0.0.1:" + network.port() + "/postgres";
      Map<String, String> environment =
          providers
              .environment(folder)
              .onPostgres(
                  ANSWER_TIMEOUT.equals("default") ? url : url + "?socketTimeout=" + ANSWER_TIMEOUT)
              .with("MAQUETTE_IMAGE_DEADLINE", "PT20S")
              .with("MAQUETTE_WORKER_LEASE", "PT30S") // what the database never heard the end of
              .values();
      try (PayaraMicro server = PayaraMicro.start(folder, WAR, environment)) {
        Client client = new Client(server.base());
        client.awaitAcceptance(0);

        sql(
            postgres,
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where pid <> pg_backend_pid() and backend_type = 'client backend'");
        long killed = System.nanoTime();
        client.awaitAcceptance(killed);
        Measured.since(killed, "all database sessions killed, next task accepted");
        awaitWork(postgres, client, "all database sessions killed, next picture stored", killed);

        postgres.crash();
        client.awaitRefusal(System.nanoTime());
        postgres.start();
        long back = System.nanoTime();
        client.awaitAcceptance(back);
        Measured.since(back, "database crashed and back, next task accepted");
        awaitWork(postgres, client, "database crashed and back, next picture stored", back);

        long frozen = System.nanoTime();
        network.freeze();
        client.awaitAcceptance(frozen + Duration.ofSeconds(1).toNanos());
        Measured.since(
            frozen,
            "connections dead (answer time-out " + ANSWER_TIMEOUT + "), next task accepted");
        awaitWork(
            postgres,
            client,
            "connections dead (answer time-out " + ANSWER_TIMEOUT + "), next picture stored",
            frozen);

        client.end();
        Audit audit = Audit.ofPostgres(postgres.url(), folder.resolve("home/files"));
        audit.check(client.accepted);
        audit.checkCount("IMAGE", providers.pictures.accepted());
        Measured.note(
            "database faults, tasks accepted and refused",
            client.accepted.size() + " and " + client.count(503, 0));
        Measured.note("database faults, submissions made again, by why", audit.madeAgain());
        assertThat(client.told)
            .allMatch(one -> one.status() == 201 || (one.status() == 503 && one.retryAfter()));
      }
    }
  }

  private static void sql(RestartablePostgres postgres, String statement) throws Exception {
    try (Connection connection = DriverManager.getConnection(postgres.url(), "postgres", "");
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** Waits until a task that was accepted after the fault has all its pictures. */
  private static void awaitWork(
      RestartablePostgres postgres, Client client, String what, long since) throws Exception {
    String id = client.accepted.get(client.accepted.size() - 1);
    Audit rows = Audit.ofPostgres(postgres.url(), Path.of("nowhere"));
    await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                rows.rows(
                            "select status from task where cast(id as varchar(36)) = ?"
                                + " and status = 'IMAGE_COMPLETED'",
                            id)
                        .size()
                    == 1);
    Measured.since(since, what);
  }
}
