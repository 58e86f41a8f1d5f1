package io.maquette.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.benchmark.unwatched.NoMeters;
import io.maquette.benchmark.war.LoopbackClient;
import io.maquette.it.Collector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tasks a second beside what a Java team would take instead, on the same database in the same run;
 * {@code docs/performance.md} has the commands. Without {@code -Dbenchmark=full} it is so small
 * that it proves no more than that it runs.
 */
@Tag("all")
class BenchmarkIT {

  private static final Logger LOG = Logger.getLogger(BenchmarkIT.class.getName());
  private static final boolean FULL = "full".equals(System.getProperty("benchmark"));
  private static final int HANDS = Integer.getInteger("benchmark.hands", 64);
  private static final int TASKS = Integer.getInteger("benchmark.tasks", FULL ? 2000 : 12);

  /** Before that, it is the JVM's compiler that is measured. */
  private static final int WARM_UP = Integer.getInteger("benchmark.warmup", FULL ? 12_000 : 4);

  private static final int RUNS = Integer.getInteger("benchmark.runs", FULL ? 3 : 1);

  private static final String EQUAL = Readings.EQUAL;

  private static final List<String> CONTESTANTS =
      list(
          "benchmark.of",
          "maquette,bare-sql-equal,db-scheduler-equal,jobrunr-equal,bare-sql,db-scheduler,jobrunr");

  /** Memory where Linux has some, to compare the contestants and not the disk. */
  static final Path FOLDER =
      Path.of(Files.isDirectory(Path.of("/dev/shm")) ? "/dev/shm" : "target");

  /** One after the other. */
  private static final List<Path> FOLDERS =
      list(
              "benchmark.folder",
              FULL && !FOLDER.endsWith("target") ? FOLDER + ",target" : "" + FOLDER)
          .stream()
          .map(Path::of)
          .toList();

  /** History and ledger of a whole task, and of the part after the pictures. */
  private static final BenchmarkDatabase.Rows WHOLE = new BenchmarkDatabase.Rows(11, 5, 5);

  private static final BenchmarkDatabase.Rows AFTER_PICTURES = new BenchmarkDatabase.Rows(4, 1, 1);

  /**
   * What watching costs: no meters at all; what is there by default, scraped; and with one task in
   * ten traced, and the log as JSON.
   */
  private static final List<String> WATCHED =
      FULL ? List.of("unwatched", "watched", "traced") : List.of("unwatched", "traced");

  @Test
  void whole_tasks_at_providers_that_answer_at_once() throws Exception {
    compete("whole", "whole", Duration.ZERO, CONTESTANTS, FOLDERS);
  }

  @Test
  void two_remote_steps_of_25_milliseconds() throws Exception {
    compete("model", "model", Duration.ofMillis(25), CONTESTANTS, FOLDERS.subList(0, 1));
  }

  @Test
  void whole_tasks_with_and_without_monitoring() throws Exception {
    compete("watched", "whole", Duration.ZERO, WATCHED, FOLDERS.subList(0, 1));
  }

  private static void compete(
      String title, String flow, Duration latency, List<String> names, List<Path> folders)
      throws Exception {
    List<Report.Place> places = new ArrayList<>();
    for (Path folder : folders) {
      places.add(new Report.Place(folder, compete(flow, latency, names, folder)));
    }
    Report report = new Report(title, flow, latency, HANDS, TASKS, RUNS, places);
    LOG.info(report::tables);
    if (FULL) {
      report.write(Path.of("docs", "performance"));
    }
  }

  private static List<Readings> compete(
      String flow, Duration latency, List<String> names, Path parent) throws Exception {
    Path folder = Files.createTempDirectory(Files.createDirectories(parent), "benchmark");
    BenchmarkDatabase.Rows expected = flow.equals("whole") ? WHOLE : AFTER_PICTURES;
    List<Contestant> contestants = new ArrayList<>();
    Map<String, Readings> all = new LinkedHashMap<>();
    try (BenchmarkDatabase database = new BenchmarkDatabase(folder);
        LoopbackProvider provider = new LoopbackProvider();
        Collector traces = new Collector()) {
      for (String name : names) {
        Contestant contestant = start(name, flow, folder, database, provider, traces);
        contestants.add(contestant);
        all.put(name, new Readings(name));
        provider.take(Duration.ZERO, Duration.ZERO);
        contestant.prepare(WARM_UP);
        contestant.run(WARM_UP);
        database.analyze(contestant.database());
      }
      provider.take(latency, Duration.ZERO);
      database.forgetStatements();
      for (int run = 0; run < RUNS; run++) {
        for (Contestant contestant : contestants) {
          all.get(contestant.name()).add(measure(contestant, database, expected));
        }
      }
      for (Contestant contestant : contestants) {
        all.get(contestant.name()).peak(Processes.peakBytes(contestant.pid()));
        if (Boolean.getBoolean("benchmark.statements")) {
          LOG.info(
              contestant.name()
                  + "\n"
                  + String.join(
                      "\n", database.statementsIn(contestant.database(), 40, RUNS * TASKS)));
        }
      }
    } finally {
      contestants.forEach(Contestant::close);
      delete(folder);
    }
    return List.copyOf(all.values());
  }

  private static Readings.Reading measure(
      Contestant contestant, BenchmarkDatabase database, BenchmarkDatabase.Rows expected)
      throws IOException, InterruptedException, SQLException {
    contestant.prepare(TASKS);
    boolean counted = contestant.name().endsWith(EQUAL) || isOurs(contestant.name());
    BenchmarkDatabase.Rows rows = counted ? database.rowsIn(contestant.database()) : null;
    BenchmarkDatabase.Work before = database.workIn(contestant.database());
    double cpu = Processes.cpuSeconds(contestant.pid());
    double databaseCpu = database.cpuSeconds();
    long nanos = contestant.run(TASKS);
    double cpuAfter = Processes.cpuSeconds(contestant.pid());
    double databaseCpuAfter = database.cpuSeconds();
    BenchmarkDatabase.Work after = database.workIn(contestant.database());
    if (counted) {
      assertThat(database.rowsIn(contestant.database()).perTask(rows, TASKS))
          .as("rows that a task of %s writes", contestant.name())
          .isEqualTo(expected);
    }
    return new Readings.Reading(
        TASKS * 1e9 / nanos,
        (after.commits() - before.commits()) / (double) TASKS,
        (after.statements() - before.statements()) / (double) TASKS,
        (cpuAfter - cpu) * 1000 / TASKS,
        (databaseCpuAfter - databaseCpu) * 1000 / TASKS);
  }

  private static Contestant start(
      String name,
      String flow,
      Path folder,
      BenchmarkDatabase database,
      LoopbackProvider provider,
      Collector traces)
      throws IOException, SQLException {
    String url = database.fresh(name.replace("-", "_"));
    Map<String, String> environment = new HashMap<>();
    environment.put("BENCHMARK_PROVIDER", provider.address().toString());
    environment.put("BENCHMARK_FLOW", flow);
    if (isOurs(name)) {
      environment.putAll(
          Map.of(
              "MAQUETTE_HOME", folder.resolve(name).toString(),
              "MAQUETTE_DB_URL", url,
              "MAQUETTE_DB_USER", "postgres",
              "MAQUETTE_PROVIDER_IMAGE", "loopback",
              "MAQUETTE_PROVIDER_MODEL", "loopback",
              "MAQUETTE_IMAGE_CONCURRENCY", Integer.toString(HANDS),
              "MAQUETTE_MODEL_CONCURRENCY", "100000",
              "MAQUETTE_MODEL_POLL_INTERVAL", "PT0.1S",
              "MAQUETTE_QUEUE_LIMIT", "10000000"));
      WebArchive war = war();
      if (name.equals("unwatched")) {
        war.addPackage(NoMeters.class.getPackage());
        environment.put("MAQUETTE_DWELL_INTERVAL", "PT10M");
      } else if (name.equals("traced")) {
        environment.putAll(traces.environment(name));
        environment.put("OTEL_TRACES_SAMPLER", "parentbased_traceidratio");
        environment.put("OTEL_TRACES_SAMPLER_ARG", "0.1");
        environment.put("MAQUETTE_LOG_JSON", folder.resolve("traced.json").toString());
      }
      boolean scraped = name.equals("watched") || name.equals("traced");
      return Contestant.Maquette.start(
          name, folder, export(war, folder.resolve(name + ".war")), environment, scraped);
    }
    environment.put("BENCHMARK_DATABASE", url);
    environment.put("BENCHMARK_HANDS", Integer.toString(HANDS));
    environment.put("BENCHMARK_STORE", folder.resolve(name).toString());
    environment.put("BENCHMARK_EQUAL", Boolean.toString(name.endsWith(EQUAL)));
    String main =
        switch (name.replace(EQUAL, "")) {
          case "bare-sql" -> "BareSql";
          case "db-scheduler" -> "DbSchedulerPeer";
          case "jobrunr" -> "JobRunrPeer";
          default -> throw new IllegalArgumentException(name);
        };
    return Contestant.OfPeer.start(
        name, main, Path.of("target", "benchmark-" + name + ".log"), environment);
  }

  private static boolean isOurs(String name) {
    return name.equals(Readings.OURS) || WATCHED.contains(name);
  }

  private static List<String> list(String property, String otherwise) {
    return List.of(System.getProperty(property, otherwise).split(",", -1));
  }

  /** The WAR that is shipped, with the loopback provider and the makers in it. */
  static WebArchive war() {
    return ShrinkWrap.create(ZipImporter.class, "maquette.war")
        .importFrom(new File(System.getProperty("maquette.war")))
        .as(WebArchive.class)
        .addPackage(LoopbackClient.class.getPackage());
  }

  static Path export(WebArchive war, Path to) {
    war.as(ZipExporter.class).exportTo(to.toFile());
    return to;
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
