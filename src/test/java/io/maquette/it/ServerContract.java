package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of the same WAR on every server, as operators use it. One server runs for all tests of a
 * class, on the embedded default. Measurements are in {@code target/it}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServerContract<S extends Server> {

  static final Path WAR = Path.of(System.getProperty("maquette.war"));

  private S server;
  private Path folder;

  /** Starts a server of this kind. */
  abstract S start(Path folder, Path war, Map<String, String> environment)
      throws IOException, InterruptedException;

  S server() {
    return server;
  }

  Path home() {
    return folder.resolve("home");
  }

  @BeforeAll
  void startServer() throws Exception {
    folder = Wars.freshFolder("server");
    server = start(folder, WAR, Map.of("MAQUETTE_HOME", home().toString()));
    measured("resident when ready", mebibytes(server.residentBytes()));
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  /** Notes a measurement for {@code docs/deployment.md}. */
  void measured(String what, String value) throws IOException {
    Files.writeString(
        Path.of("target", "it", "measured.txt"),
        getClass().getSimpleName() + ": " + what + ": " + value + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/README.zh.md"})
  void the_commands_of_the_readme_end_with_a_model(String page) throws Exception {
    ReadmeWalk.walk(Path.of(page), server.base(), Wars.freshFolder("walk"));
    measured("resident after the walk", mebibytes(server.residentBytes()));
  }

  @Test
  void behind_a_proxy_addresses_are_those_the_client_used() throws Exception {
    HttpResponse<String> created =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.base().resolve("/api/tasks"))
                    .timeout(Duration.ofMinutes(1))
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-Proto", "https")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"behind a proxy\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(created.headers().firstValue("Location"))
        .hasValueSatisfying(
            location ->
                assertThat(location)
                    .startsWith("https://127.0.0.1:" + server.base().getPort() + "/api/tasks/"));
  }

  @Test
  void in_dev_mode_only_localhost_is_served_and_operators_sign_in() throws Exception {
    Person here = Person.anonymous(server.base());
    for (String path : List.of("/", "/api/tasks", "/api/statuses", "/api/metrics")) {
      assertThat(here.get(path).status()).as(path).isEqualTo(200);
      for (Person remote :
          List.of(
              here.with("X-Forwarded-For", "203.0.113.7"),
              here.with("X-Forwarded-For", "127.0.0.1, 203.0.113.7"),
              here.with("X-Forwarded-For", "203.0.113.7, 127.0.0.1"),
              here.with("X-Forwarded-Host", "evil.example"),
              here.with("X-Real-IP", "203.0.113.7"),
              here.with("Forwarded", "for=203.0.113.7"))) {
        Person.Answer refused = remote.get(path);
        assertThat(refused.status()).as(path).isEqualTo(403);
        assertThat(refused.body()).contains("maquette.auth.dev-remote");
      }
      assertThat(here.with("X-Forwarded-For", "127.0.0.1, ::1").get(path).status()).isEqualTo(200);
      Person throughDevelopmentServer =
          here.with("X-Forwarded-Host", "localhost:3000").with("X-Forwarded-For", "127.0.0.1");
      assertThat(throughDevelopmentServer.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(here.with("X-Forwarded-For", "203.0.113.7").socket("/ws/tasks"))
        .isNotEqualTo("snapshot");
    assertThat(
            here.with("Origin", "http://evil.example")
                .call("POST", "/api/tasks", "{\"prompt\":\"x\"}")
                .status())
        .isEqualTo(403);
    assertThat(
            here.with("Origin", "http://localhost:3000")
                .with("X-Forwarded-Host", "localhost:3000")
                .call("POST", "/api/tasks", "{\"prompt\":\"x\"}")
                .status())
        .isEqualTo(201);
    assertThat(here.with("X-Forwarded-Host", "evil.example").get("/api/tasks?lang=en").body())
        .contains("X-Forwarded-Host: evil.example");
    assertThat(Person.withToken(server.base(), "mqt_forged").get("/api/tasks").status())
        .isEqualTo(401);

    assertThat(here.get("/api/admin/users").status()).isEqualTo(401);
    assertThat(here.get("/console/").status()).isEqualTo(302);
    Matcher told =
        Pattern.compile("signs in as (\\S+) with the password ([A-Za-z0-9]{20})")
            .matcher(server.log());
    assertThat(told.find()).isTrue();
    Person operator = Person.signedIn(server.base(), told.group(1), told.group(2));
    assertThat(operator.get("/api/admin/users").status()).isEqualTo(200);
    String task =
        here.call("POST", "/api/tasks", "{\"prompt\":\"everybody's\"}").data().getString("id");
    assertThat(operator.get("/api/tasks/" + task).status())
        .as("tasks are the development user's, whoever signs in")
        .isEqualTo(200);
  }

  @Test
  void jmx_shows_tasks_queues_and_workers() throws Exception {
    ApiClient api = new ApiClient(server.base());
    String id = api.create("seen by JMX");
    api.awaitStatus(id, "IMAGE_COMPLETED");
    try (JMXConnector connector = server.jmx()) {
      MBeanServerConnection jmx = connector.getMBeanServerConnection();
      Set<ObjectName> names = jmx.queryNames(new ObjectName("io.maquette:*"), null);
      assertThat(names)
          .extracting(
              name ->
                  name.getKeyProperty("type")
                      + (name.getKeyProperty("name") == null
                          ? ""
                          : " " + name.getKeyProperty("name")))
          .containsExactlyInAnyOrder(
              "Tasks",
              "Nodes",
              "Queue IMAGE_PENDING",
              "Queue IMAGE_GENERATING",
              "Queue IMAGE_EDITING",
              "Queue MODEL_PENDING",
              "Queue MODEL_GENERATING",
              "Worker pictures",
              "Worker edits",
              "Worker model-submitter",
              "Worker model-poller",
              "Provider local");
      for (ObjectName name : names) {
        assertThat(name.getKeyProperty("application")).isEqualTo("maquette");
        assertEveryAttributeIsDescribedAndReadable(jmx, name);
      }
      ObjectName tasks = new ObjectName("io.maquette:application=maquette,type=Tasks");
      // counts are shared for 3 seconds
      await()
          .untilAsserted(
              () -> assertThat((Long) jmx.getAttribute(tasks, "ImageCompleted")).isPositive());
      ObjectName pictures =
          new ObjectName("io.maquette:application=maquette,type=Worker,name=pictures");
      assertThat((Integer) jmx.getAttribute(pictures, "Hands")).isEqualTo(3);
      assertThat((Long) jmx.getAttribute(pictures, "SecondsSinceLastRound")).isBetween(0L, 5L);
    }
  }

  private static void assertEveryAttributeIsDescribedAndReadable(
      MBeanServerConnection jmx, ObjectName name) throws Exception {
    MBeanInfo info = jmx.getMBeanInfo(name);
    assertThat(info.getDescription()).contains(" ");
    assertThat(info.getAttributes()).isNotEmpty();
    for (MBeanAttributeInfo attribute : info.getAttributes()) {
      assertThat(attribute.getDescription())
          .as(name + " " + attribute.getName())
          .contains(" ")
          .isNotEqualTo(attribute.getName());
      assertThat(jmx.getAttribute(name, attribute.getName())).isNotNull();
    }
  }

  @Tag("all")
  @Test
  void on_postgresql_a_stopped_server_releases_its_tasks_for_the_next_in_any_time_zone()
      throws Exception {
    Path place = Wars.freshFolder("postgres");
    Path war = Files.createDirectory(place.resolve("war")).resolve("maquette.war");
    Wars.withScripts("postgres", Map.of()).as(ZipExporter.class).exportTo(war.toFile());
    String url = Wars.freshPostgres("stopped");
    Map<String, String> environment = new HashMap<>();
    environment.put("MAQUETTE_HOME", place.resolve("home").toString());
    environment.put("MAQUETTE_DB_URL", url);
    environment.put("MAQUETTE_DB_USER", "postgres");
    environment.put("MAQUETTE_PROVIDER_IMAGE", "slow");
    environment.put("MAQUETTE_WORKER_GRACE", "PT0S");
    environment.put("MAQUETTE_RETRY_UNKNOWN_DELAY", "PT1S");
    environment.put("TZ", "Asia/Kathmandu");
    String id;
    String createdAt;
    try (Server first = start(place, war, environment)) {
      ApiClient api = new ApiClient(first.base());
      id = api.create("stopped half way");
      createdAt = api.awaitStatus(id, "IMAGE_GENERATING").getString("createdAt");
      assertThat(Instant.parse(createdAt)).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
      assertThat(leases(url)).hasSize(1).doesNotContainNull();
      first.stop();
    }
    assertThat(leases(url)).containsOnlyNulls();
    environment.put("TZ", "America/St_Johns");
    try (Server second = start(place, war, environment)) {
      measured("start to ready", seconds(second.startToReady()));
      ApiClient api = new ApiClient(second.base());
      assertThat(api.awaitStatus(id, "IMAGE_COMPLETED").getString("createdAt"))
          .isEqualTo(createdAt);
      api.select(id, 0);
      api.awaitStatus(id, "MODEL_COMPLETED");
      assertThat(api.events(id).toString()).doesNotContain("ATTEMPT_FAILED");
      Histories.assertLegalWalk(api.events(id), "MODEL_COMPLETED");
    }
  }

  private static List<String> leases(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select leased_by from task")) {
      List<String> leases = new ArrayList<>();
      while (rows.next()) {
        leases.add(rows.getString(1));
      }
      return leases;
    }
  }
}
