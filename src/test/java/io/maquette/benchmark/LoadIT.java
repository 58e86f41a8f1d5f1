package io.maquette.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One node under load, measured where it matters to those who use it; {@code docs/performance.md}
 * has the commands. Without {@code -Dload=full} it is so small that it proves no more than that it
 * runs.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoadIT {

  private static final Logger LOG = Logger.getLogger(LoadIT.class.getName());
  private static final boolean FULL = "full".equals(System.getProperty("load"));
  private static final Duration INTERVAL =
      Duration.parse(System.getProperty("load.interval", FULL ? "PT5S" : "PT1S"));

  private static Path folder;
  private static BenchmarkDatabase postgres;
  private static LoopbackProvider provider;
  private static String database;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    folder = Files.createTempDirectory(BenchmarkIT.FOLDER, "load");
    postgres = new BenchmarkDatabase(folder);
    provider = new LoopbackProvider();
    database = postgres.fresh("load");
    server =
        PayaraMicro.start(
            folder,
            BenchmarkIT.export(BenchmarkIT.war(), folder.resolve("maquette.war")),
            Map.ofEntries(
                Map.entry("BENCHMARK_PROVIDER", provider.address().toString()),
                Map.entry("MAQUETTE_HOME", folder.resolve("home").toString()),
                Map.entry("MAQUETTE_DB_URL", database),
                Map.entry("MAQUETTE_DB_USER", "postgres"),
                Map.entry("MAQUETTE_PROVIDER_IMAGE", "loopback"),
                Map.entry("MAQUETTE_PROVIDER_MODEL", "loopback"),
                Map.entry("MAQUETTE_IMAGE_CONCURRENCY", "16"),
                Map.entry("MAQUETTE_MODEL_CONCURRENCY", "100000"),
                Map.entry("MAQUETTE_MODEL_CALLS", System.getProperty("load.calls", "64")),
                Map.entry("MAQUETTE_MODEL_DEADLINE", "P1D"),
                Map.entry("MAQUETTE_MODEL_POLL_INTERVAL", INTERVAL.toString()),
                Map.entry("MAQUETTE_QUEUE_LIMIT", "10000000")));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    provider.close();
    postgres.close();
    BenchmarkIT.delete(folder);
  }

  @Test
  @Order(1)
  void start_time_and_memory_at_rest() throws Exception {
    if (FULL) {
      Thread.sleep(30_000); // so long it has rested when its memory is read
    }
    LOG.info(
        String.format(
            Locale.ROOT,
            "Start to ready %.1f s; %d MiB resident at rest",
            server.startToReady().toMillis() / 1000.0,
            server.residentBytes() >> 20));
  }

  /** Beyond what the providers take there is only the time until the job is asked for. */
  @Test
  @Order(2)
  void latency_at_light_load() throws Exception {
    provider.take(Duration.ZERO, Duration.ZERO);
    if (FULL) {
      make(200, 20);
    }
    Instant since = Instant.now();
    make(FULL ? 600 : 5, 10);
    LOG.info(
        "Own latency, create to MODEL_COMPLETED, poll interval "
            + INTERVAL
            + ": "
            + query(
                "select 'p50 ' || round(1000 * extract(epoch from percentile_cont(0.5) within group"
                    + " (order by completed_at - created_at))) || ' ms, p99 ' || round(1000 *"
                    + " extract(epoch from percentile_cont(0.99) within group (order by"
                    + " completed_at - created_at))) || ' ms of ' || count(*) from task where"
                    + " created_at >= timestamptz '"
                    + since
                    + "'"));
    assertThat(query("select count(*) from task where status <> 'MODEL_COMPLETED'")).isEqualTo("0");
  }

  @Test
  @Order(3)
  void reads_of_a_task_without_other_load() throws Exception {
    read("alone");
  }

  private static void read(String when) throws Exception {
    int rate = Integer.getInteger("load.rate", FULL ? 1000 : 50);
    int requests = rate * (FULL ? 20 : 1);
    List<URI> tasks = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    for (String id :
        query(
                "select string_agg(id::text, ',') from (select id from task where status ="
                    + " 'MODEL_COMPLETED' limit 200) those")
            .split(",", -1)) {
      URI address = URI.create(server.base() + "/api/tasks/" + id);
      tasks.add(address);
      tags.add(ApiLoad.tag(address));
    }
    if (FULL) {
      ApiLoad.get(tasks, null, 200, rate, requests); // the server's first thousands are slower
    }
    ApiLoad.Times whole = ApiLoad.get(tasks, null, 200, rate, requests);
    ApiLoad.Times unchanged = ApiLoad.get(tasks, tags, 304, rate, requests);
    LOG.info(
        "GET /api/tasks/{id} at "
            + rate
            + "/s, "
            + when
            + "\n200: "
            + whole
            + "\n304: "
            + unchanged);
    assertThat(whole.failed() + unchanged.failed()).isZero();
  }

  @Test
  @Order(4)
  void open_provider_jobs_are_queried_in_time_beside_readers() throws Exception {
    int jobs = Integer.getInteger("load.jobs", FULL ? 10_000 : 50);
    provider.take(Duration.ofMillis(Integer.getInteger("load.latency", 20)), Duration.ofDays(1));
    run(
        """
        insert into task (id, owner, prompt, status, selected_image_index,
          image_generation_started_at, image_generation_completed_at, model_generation_started_at,
          created_at, updated_at, failed_attempts, due_at, fence, version)
        select gen_random_uuid(), 'watcher ' || n %% 100, 'watched', 'MODEL_GENERATING', 0,
          now(), now(), now(), now(), now(), 0,
          now() + %d * n / %d * interval '1 ms', 1, 1
        from generate_series(1, %d) n;
        insert into task_model (task_id, name, status, progress, provider, api_task_id, created_at)
        select id, 'watched', 'GENERATING', 50, 'loopback', 'job-' || id, now()
        from task where prompt = 'watched';
        """
            .formatted(INTERVAL.toMillis(), jobs, jobs));
    List<Duration> gaps;
    try {
      gaps = watch(jobs);
    } finally {
      run("delete from task_model where api_task_id like 'job-%'");
      run("delete from task where prompt = 'watched'");
      // last, as workers may have written some until their task was gone
      run("delete from task_event where task_id not in (select id from task)");
    }
    assertThat(gaps).hasSizeGreaterThan(jobs);
    if (FULL) {
      assertThat(gaps.get(gaps.size() - 1)).isLessThan(INTERVAL.multipliedBy(2));
    }
  }

  private static List<Duration> watch(int jobs) throws Exception {
    Thread.sleep(INTERVAL.toMillis() * 3); // all jobs have been asked for before it is measured
    provider.takeGaps();
    double cpu = Processes.cpuSeconds(server.pid());
    double databaseCpu = postgres.cpuSeconds();
    long began = System.nanoTime();
    read("while " + jobs + " jobs are watched");
    while (System.nanoTime() - began < INTERVAL.toNanos() * (FULL ? 12 : 3)) {
      Thread.sleep(100);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    List<Duration> gaps = provider.takeGaps();
    gaps.sort(null);
    LOG.info(
        String.format(
            Locale.ROOT,
            "%d open jobs, one question each %s, %.0f s: %d questions; between two for the same job"
                + " p50 %d ms, p99 %d ms, most %d ms; peak %d MiB; CPU %.2f, database %.2f",
            jobs,
            INTERVAL,
            seconds,
            gaps.size(),
            gaps.get(gaps.size() / 2).toMillis(),
            gaps.get(gaps.size() * 99 / 100).toMillis(),
            gaps.get(gaps.size() - 1).toMillis(),
            Processes.peakBytes(server.pid()) >> 20,
            (Processes.cpuSeconds(server.pid()) - cpu) / seconds,
            (postgres.cpuSeconds() - databaseCpu) / seconds));
    return gaps;
  }

  /** {@code -Dload.soak=PT1H} says how long, {@code -Dload.soak.rate} how many tasks a second. */
  @Test
  @Order(5)
  void memory_and_handles_stay_constant_at_steady_load() throws Exception {
    Duration time = Duration.parse(System.getProperty("load.soak", FULL ? "PT3M" : "PT5S"));
    int rate = Integer.getInteger("load.soak.rate", FULL ? 20 : 2);
    int tasks = (int) (rate * time.toSeconds());
    provider.take(Duration.ofMillis(5), Duration.ZERO);
    long submissions = provider.submissions();
    CompletableFuture<Void> made =
        CompletableFuture.runAsync(
            () -> {
              try {
                make(tasks, rate);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    List<Sample> samples = new ArrayList<>();
    long began = System.nanoTime();
    while (!made.isDone()) {
      Thread.sleep(Math.max(1000, time.toMillis() / 100));
      samples.add(Sample.of(server.pid(), database, (System.nanoTime() - began) / 1e9));
    }
    made.join();
    StringBuilder table =
        new StringBuilder(tasks + " tasks in " + time + "\n" + Sample.HEAD + "\n");
    for (int i = 0; i < samples.size(); i += Math.max(1, samples.size() / 12)) {
      table.append(samples.get(i)).append('\n');
    }
    LOG.info(table::toString);
    assertThat(provider.submissions() - submissions).isEqualTo(tasks);
    assertThat(Audit.complaints(postgres.connect(database), folder.resolve("home/files")))
        .isEmpty();
    if (FULL) {
      Sample.assertFlat(samples);
    }
  }

  /** A minute at a time: Payara breaks a request off that takes a quarter of an hour. */
  private static void make(int tasks, int rate) throws IOException, InterruptedException {
    for (int made = 0; made < tasks; made += 60 * rate) {
      URI address =
          URI.create(
              server.base()
                  + "/benchmark?step=steady&tasks="
                  + Math.min(60 * rate, tasks - made)
                  + "&rate="
                  + rate);
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private static String query(String sql) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
