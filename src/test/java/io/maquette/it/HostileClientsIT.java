package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that read nothing, send slowly or without end, ask for what is none of their business, or
 * come all at once, at a server whose time zone is the last one on earth: the others do not notice.
 */
@Tag("fault")
class HostileClientsIT {

  private static final int SLEEPERS = 200;
  private static final int TASKS_UNREAD = 25;
  private static final int QUEUE_LIMIT = 60;
  private static final int BURST = 200;
  private static final int AT_ONCE = 10;

  /** How long anybody else may have to wait. */
  private static final Duration UNNOTICED = Duration.ofSeconds(5);

  /** How long another request may wait for a thread without a proxy in front. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(5);

  private static String database;
  private static Path home;
  private static Server server;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  @BeforeAll
  static void start() throws IOException {
    Path folder = Wars.freshFolder("hostile");
    home = folder.resolve("home");
    database = Wars.freshPostgres("hostile");
    Map<String, String> environment =
        new Environment(folder)
            .onPostgres(database)
            .with("MAQUETTE_QUEUE_LIMIT", Integer.toString(QUEUE_LIMIT))
            .with("MAQUETTE_PUSH_HEARTBEAT", "PT1S")
            // wins over the command line
            .with("_JAVA_OPTIONS", "-Duser.timezone=Pacific/Apia")
            .values();
    server = PayaraMicro.start(folder, Path.of(System.getProperty("maquette.war")), environment);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ApiClient api() {
    return new ApiClient(server.base());
  }

  private static String completed(String prompt) throws Exception {
    String id = api().create(prompt);
    api().awaitStatus(id, "IMAGE_COMPLETED");
    api().select(id, 1);
    api().awaitStatus(id, "MODEL_COMPLETED");
    return id;
  }

  private static List<String> rows(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }

  private static long heapUsed() throws IOException {
    try (JMXConnector connector = server.jmx()) {
      MemoryMXBean memory =
          ManagementFactory.newPlatformMXBeanProxy(
              connector.getMBeanServerConnection(),
              ManagementFactory.MEMORY_MXBEAN_NAME,
              MemoryMXBean.class);
      memory.gc();
      return memory.getHeapMemoryUsage().getUsed();
    }
  }

  // Clients that do not read

  @Tag("all")
  @Test
  void two_hundred_clients_that_do_not_read_delay_no_other_client() throws Exception {
    completed("warms up");
    long before = heapUsed();
    List<RawConnection> sleepers = new ArrayList<>();
    EventStream awake = EventStream.follow(http, server.base().resolve("/api/tasks/stream"));
    try (awake) {
      for (int i = 0; i < SLEEPERS; i++) {
        // HTTP/1.0, so that the answer comes without chunks
        sleepers.add(
            RawConnection.to(server.base(), 4096, Duration.ofSeconds(2))
                .say("GET /api/tasks/stream HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n"));
      }
      long first = Long.parseLong(rows("select max(id) from task_event").get(0));
      Duration slowest = Duration.ZERO;
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < TASKS_UNREAD; i++) {
        long began = System.nanoTime();
        ids.add(api().create("🐱".repeat(500))); // pictures and model repeat it: large messages
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
      }
      for (String id : ids) {
        api().awaitStatus(id, "IMAGE_COMPLETED");
        api().select(id, 0);
      }
      for (String id : ids) {
        api().awaitStatus(id, "MODEL_COMPLETED");
      }
      List<String> all = rows("select id from task_event where id > " + first + " order by id");
      long began = System.nanoTime();
      awake.await(
          message ->
              message.type().equals("change")
                  && Long.toString(message.number()).equals(all.get(all.size() - 1)));
      Duration behind = Duration.ofNanos(System.nanoTime() - began);
      await().untilAsserted(() -> assertThat(numbers(awake)).containsAll(all));
      assertThat(numbers(awake)).doesNotHaveDuplicates();
      long grown = heapUsed() - before;
      Measured.note(
          "beside %d sleepers, %d changes".formatted(SLEEPERS, all.size()),
          "slowest create %d ms, who reads is %d ms behind, heap %+d KiB"
              .formatted(slowest.toMillis(), behind.toMillis(), grown >> 10));
      assertThat(slowest).isLessThan(UNNOTICED);
      assertThat(behind).isLessThan(UNNOTICED);
      assertThat(grown).as("heap").isLessThan(100L << 20);
      assertCatchesUp(sleepers.get(0));
    } finally {
      for (RawConnection sleeper : sleepers) {
        sleeper.close();
      }
    }
  }

  /** Wakes up, reads what is left of its stream, and comes back with the last number it has. */
  private void assertCatchesUp(RawConnection sleeper) throws Exception {
    List<String> positions =
        sleeper.hear(Duration.ofSeconds(5)).stream()
            .filter(line -> line.startsWith("id:"))
            .map(line -> line.substring(3).strip())
            .toList();
    String last = positions.get(positions.size() - 1);
    String heard = last.replaceAll("[^0-9].*", "");
    List<String> missed = rows("select id from task_event where id > " + heard + " order by id");
    try (EventStream again =
        EventStream.follow(http, server.base().resolve("/api/tasks/stream?lastEventId=" + last))) {
      Measured.note("changes a sleeper came back for", missed.size());
      if (missed.isEmpty()) {
        return; // all of it was on its way already
      }
      again.await(
          message ->
              message.type().equals("change")
                  && Long.toString(message.number()).equals(missed.get(missed.size() - 1)));
      await().untilAsserted(() -> assertThat(numbers(again)).containsAll(missed));
      assertThat(numbers(again)).doesNotHaveDuplicates();
    }
  }

  /** Of several tasks they come in the order in which transactions ended. */
  private static List<String> numbers(EventStream stream) {
    return stream.changes().stream().map(change -> Long.toString(change.number())).toList();
  }

  // Files that are not as they were stored

  private static Path fileOf(String id, String table) throws Exception {
    String key = rows("select file_key from " + table + " where task_id = '" + id + "'").get(0);
    try (Stream<Path> files = Files.walk(home.resolve("files"))) {
      return files.filter(file -> file.endsWith(key)).findFirst().orElseThrow();
    }
  }

  private HttpResponse<String> ask(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(path)).header("Accept-Language", "en");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject parsed(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }

  @Test
  void a_damaged_model_is_not_sent_and_is_fetched_again() throws Exception {
    String id = completed("a mug");
    Path file = fileOf(id, "task_model");
    byte[] right = Files.readAllBytes(file);
    byte[] damaged = right.clone();
    damaged[right.length / 2] ^= 1;
    damaged[right.length / 2 + 1] ^= 1;
    Files.write(file, damaged);
    String path = "/api/tasks/" + id + "/model";
    HttpResponse<String> answer = ask(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    JsonObject problem = parsed(answer.body());
    assertThat(problem.getString("code")).isEqualTo("FILE_BEING_RESTORED");
    assertThat(problem.getString("error")).contains("damaged", "downloading it again");
    assertThat(problem.getJsonObject("details").getString("file")).isEqualTo("MODEL");
    assertThat(problem.getJsonObject("details").getString("fault")).isEqualTo("DAMAGED");
    await()
        .untilAsserted(
            () -> {
              assertThat(Files.readAllBytes(file)).isEqualTo(right);
              assertThat(rows("select file_key from lost_file where task_id = '" + id + "'"))
                  .isEmpty();
            });
    assertThat(api().bytes(path)).isEqualTo(right);
  }

  @Test
  void a_missing_model_is_reported_with_the_next_step() throws Exception {
    String id = completed("a cup");
    Path file = fileOf(id, "task_model");
    Files.delete(file);
    HttpResponse<String> answer = ask("/api/tasks/" + id + "/model", "Range", "bytes=0-3");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(parsed(answer.body()).getJsonObject("details").getString("fault"))
        .isEqualTo("MISSING");
    await().untilAsserted(() -> assertThat(file).exists());
    assertThat(server.log()).contains("Task " + id + ": the model is MISSING in the store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "damaged", "cut", "grown", "missing", "a folder"})
  void a_picture_that_is_not_as_it_was_stored_is_not_sent_to_anybody(String state)
      throws Exception {
    String id = api().create("a bowl");
    api().awaitStatus(id, "IMAGE_COMPLETED");
    Path file = fileOf(id, "task_image");
    byte[] right = Files.readAllBytes(file);
    String etag = ask("/api/tasks/" + id + "/images/0").headers().firstValue("ETag").orElseThrow();
    switch (state) {
      case "empty" -> Files.write(file, new byte[0]);
      case "damaged" -> {
        right[right.length - 1] ^= 1;
        Files.write(file, right);
      }
      case "cut" -> Files.write(file, Arrays.copyOf(right, right.length - 1));
      case "grown" -> Files.write(file, Arrays.copyOf(right, right.length + 1));
      default -> Files.delete(file);
    }
    if (state.equals("a folder")) {
      Files.createDirectory(file);
    }
    boolean isMissing = state.equals("missing") || state.equals("a folder");
    String path = "/api/tasks/" + id + "/images/0";
    for (String[] headers :
        new String[][] {{}, {"Range", "bytes=1-2"}, {"If-None-Match", "\"another\""}}) {
      HttpResponse<String> answer = ask(path, headers);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
      JsonObject problem = parsed(answer.body());
      assertThat(problem.getString("code")).isEqualTo(isMissing ? "FILE_MISSING" : "FILE_DAMAGED");
      assertThat(problem.getString("error")).contains("The picture file", "Choose another picture");
      assertThat(problem.getJsonObject("details").getInt("imageIndex")).isZero();
      assertThat(problem.getJsonObject("details").getString("next")).isEqualTo("DRAW_AGAIN");
    }
    assertThat(ask(path, "If-None-Match", etag).statusCode())
        .as("the client's copy is right")
        .isEqualTo(304);
    assertThat(
            http.send(
                    HttpRequest.newBuilder(server.base().resolve(path))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(404);
    String metrics = ask("/api/metrics").body();
    assertThat(metrics).containsPattern("maquette_files_lost\\{[^}]*DRAW_AGAIN[^}]*\\} [1-9]");

    api().select(id, 0);
    JsonObject failed = api().awaitStatus(id, "FAILED");
    assertThat(failed.getString("errorCode")).isEqualTo("PICTURE_LOST");
    assertThat(failed.getJsonArray("allowedActions").toString())
        .contains("RETRY_IMAGES", "SELECT_IMAGE");
    assertThat(
            rows(
                "select id from provider_call where stage = 'MODEL' and outcome = 'ACCEPTED'"
                    + " and task_id = '"
                    + id
                    + "'"))
        .isEmpty();
  }

  @Test
  void a_converted_model_that_was_damaged_is_made_again() throws Exception {
    String id = completed("a plate");
    byte[] stl = api().bytes("/api/tasks/" + id + "/model?format=stl");
    Path model = fileOf(id, "task_model");
    Path folder = Path.of(model.toString().replaceAll("\\.glb$", ""));
    try (Stream<Path> derived = Files.list(folder)) {
      Files.write(derived.findFirst().orElseThrow(), new byte[] {1, 2, 3});
    }
    assertThat(api().bytes("/api/tasks/" + id + "/model?format=stl")).isEqualTo(stl);
  }

  // Clients that send slowly, or without end

  @Test
  void slow_senders_are_disconnected() throws Exception {
    Duration longest = SlowSenders.longestWaitBesideThem(server.base(), Duration.ofSeconds(1));
    Measured.note("longest wait beside slow senders, without nginx", longest.toMillis() + " ms");
    assertThat(longest).isLessThan(GIVEN_UP);
  }

  @Test
  @Tag("all")
  void a_body_that_arrives_too_late_is_refused() throws Exception {
    try (RawConnection slow = RawConnection.to(server.base())) {
      slow.say(
          "POST /api/tasks?lang=en HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{");
      ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
      try {
        Future<?> dripping = clock.scheduleAtFixedRate(slow::drip, 1, 1, TimeUnit.SECONDS);
        assertThat(String.join("\n", slow.hear()))
            .startsWith("HTTP/1.1 400")
            .contains("\"body\"", "within 10 seconds");
        assertThat(dripping).isNotDone();
      } finally {
        clock.shutdownNow();
      }
    }
  }

  @Test
  void an_endless_body_or_header_is_cut_off() throws Exception {
    String head =
        "POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    String chunk = "10000\r\n" + " ".repeat(1 << 16) + "\r\n";
    long body = sentUntilCutOff(head + "Transfer-Encoding: chunked\r\n\r\n", chunk);
    long header = sentUntilCutOff(head, "X-More: " + "x".repeat(1000) + "\r\n");
    Measured.note("an endless body is cut off within", (body >> 10) + " KiB");
    Measured.note("an endless head is cut off within", (header >> 10) + " KiB");
    assertThat(body).isLessThan(64L << 20);
    assertThat(header).isLessThan(8L << 20);
    assertThat(api().list("limit=1").getBoolean("success")).isTrue();
  }

  private static final String PART = "Content-Disposition: form-data; name=\"picture\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "; boundary=b | --b\r\n{part}; filename=\"{mebibyte}\"\r\n\r\nx\r\n--b--\r\n",
        "; boundary=b | --b\r\nX-More: {mebibyte}\r\n{part}\r\n\r\nx\r\n--b--\r\n",
        "; boundary=b | --b\r\nContent-Disposition: form-data; name=\"{mebibyte}\"\r\n\r\nx\r\n--b--\r\n",
        "; boundary=b | --b\r\n{part}\r\n\r\nx",
        "; boundary=b | --b\r\n{part}\r\n",
        "; boundary=b | --b",
        "; boundary=b | nothing of the kind",
        "; boundary=b | --b\r\n{part}\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n",
        "; boundary=another | --b\r\n{part}\r\n\r\nx\r\n--b--\r\n",
        "; boundary={mebibyte} | x",
        "; boundary=\"\" | x",
        "; boundary= | x",
        "; boundary | x",
        " | --b\r\n{part}\r\n\r\nx\r\n--b--\r\n",
        "; boundary=b; boundary=c | --b\r\n{part}\r\n\r\nx\r\n--b--\r\n",
      })
  void a_broken_request_of_several_parts_is_the_clients_fault(String request) throws Exception {
    int split = request.indexOf(" | ");
    String type = request.substring(0, split).replace("{mebibyte}", "b".repeat(6000));
    String body =
        request
            .substring(split + 3)
            .replace("{part}", PART)
            .replace("{mebibyte}", "x".repeat(1 << 20));
    try (RawConnection connection = RawConnection.to(server.base())) {
      connection.say(
          "POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: multipart/form-data"
              + type
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n");
      connection.say(body);
      String answer = String.join("\n", connection.hear());
      assertThat(answer).as(type).startsWith("HTTP/1.1 4");
      assertThat(answer).doesNotContain("\tat ");
    }
    assertThat(server.log()).doesNotContain("FileUploadIOException");
  }

  private static long sentUntilCutOff(String head, String more) throws IOException {
    long sent = 0;
    try (RawConnection connection = RawConnection.to(server.base())) {
      connection.say(head);
      while (sent < (256L << 20)) {
        connection.say(more);
        sent += more.length();
      }
    } catch (IOException e) {
      return sent; // cut off
    }
    return sent;
  }

  // Names that lead elsewhere

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/tasks/../../../../etc/passwd",
        "/../../../../etc/passwd",
        "/assets/../../../../etc/passwd",
        "//etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/..%5c..%5c..%5cetc%5cpasswd",
        "/assets/%252e%252e%252fetc%252fpasswd",
        "/assets/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
        "/assets/..;/..;/etc/passwd",
        "/assets/.%00./etc/passwd",
        "/assets/page.css%00.html",
        "/WEB-INF/web.xml",
        "/web-inf/web.xml",
        "/WEB-INF%2fweb.xml",
        "/%57EB-INF/web.xml",
        "/assets/../WEB-INF/web.xml",
        "/assets/%2e%2e/WEB-INF/web.xml",
        "/;x/WEB-INF/web.xml",
        "/WEB-INF;x/web.xml",
        "/WEB-INF./web.xml",
        "/WEB-INF/classes/META-INF/persistence.xml",
        "/META-INF/MANIFEST.MF",
        "/META-INF/openapi.yaml",
        "/api/tasks/{id}/images/../../../WEB-INF/web.xml",
        "/api/tasks/{id}/images/%2e%2e%2f0",
        "/api/tasks/{id}/images/0/../0/..%2f..",
        "/api/tasks/{id}/images/0.png",
        "/api/tasks/{id}/images/%30%00",
        "/api/tasks/{id}/model/../../../etc/passwd",
        "/api/tasks/..%2f{id}/model",
        "http://127.0.0.1/../../etc/passwd",
        "file:///etc/passwd",
        "/C:/windows/system.ini",
      })
  void no_path_opens_a_private_file(String path) throws Exception {
    String answer =
        RawConnection.answer(server.base(), "GET " + path.replace("{id}", picture()) + " HTTP/1.1");
    int status = Integer.parseInt(answer.substring(9, 12));
    if (status == 200) { // what follows a semicolon is no part of the path
      assertThat(answer).contains("<title>Maquette</title>", "<maquette-prompt-form>");
    } else {
      assertThat(status).as(answer).isIn(301, 302, 400, 403, 404);
    }
    assertThat(answer)
        .doesNotContain("root:", "<web-app", "<persistence", "Manifest-Version", "openapi: ")
        .doesNotContain("java.", "\tat ");
  }

  private static String picture;

  private static synchronized String picture() throws Exception {
    if (picture == null) {
      picture = completed("has files");
    }
    return picture;
  }

  @Test
  void a_symbolic_link_in_the_store_is_not_followed() throws Exception {
    String id = completed("is tampered with");
    Path secret = Files.writeString(home.resolve("secret"), "the secret");
    List<Path> stored;
    try (Stream<Path> files = Files.walk(home)) {
      stored =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().contains("/" + id + "/"))
              .toList();
    }
    assertThat(stored).hasSizeGreaterThanOrEqualTo(5);
    for (Path file : stored) {
      Files.delete(file);
      Files.createSymbolicLink(file, secret);
    }
    for (String path :
        List.of("/images/0", "/images/1", "/images/2", "/images/3", "/model?format=glb")) {
      String answer =
          RawConnection.answer(server.base(), "GET /api/tasks/" + id + path + " HTTP/1.1");
      assertThat(answer.substring(9, 12)).as(answer).isIn("404", "503");
      assertThat(answer).doesNotContain("the secret", "java.", "\tat ");
    }
    assertThat(secret).hasContent("the secret");
  }

  // Clients that come all at once, or page where they should not

  private HttpResponse<String> post(String prompt) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.base().resolve("/api/tasks"))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofMinutes(1))
            .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"" + prompt + "\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Tag("all")
  @Test
  void a_burst_fills_the_queue_and_the_rest_gets_retry_after() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
    List<HttpResponse<String>> answers = new ArrayList<>();
    try {
      List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < BURST; i++) {
        calls.add(() -> post("one of a burst"));
      }
      for (Future<HttpResponse<String>> answer : clients.invokeAll(calls)) {
        answers.add(answer.get());
      }
    } finally {
      clients.shutdownNow();
    }
    long accepted = answers.stream().filter(answer -> answer.statusCode() == 201).count();
    List<HttpResponse<String>> refused =
        answers.stream().filter(answer -> answer.statusCode() != 201).toList();
    Measured.note("accepted of a burst of " + BURST + " into a queue of " + QUEUE_LIMIT, accepted);
    assertThat(refused).isNotEmpty();
    for (HttpResponse<String> answer : refused) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.body()).contains("\"QUEUE_FULL\"");
      assertThat(Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow()))
          .isBetween(1L, 3600L);
    }
    assertThat(rows("select id from task where prompt = 'one of a burst'"))
        .as("who was refused left nothing")
        .hasSize((int) accepted);
    for (String id : rows("select id from task where prompt = 'one of a burst'")) {
      api().delete(id);
    }
    await().until(() -> post("room again").statusCode() == 201);
  }

  @Test
  void a_forged_cursor_is_refused_or_valid() throws Exception {
    api().cancel(api().create("one"));
    api().cancel(api().create("two"));
    String cursor = api().list("limit=1").getString("nextCursor");
    for (int i = 0; i < cursor.length(); i++) {
      for (String other : List.of("A", "z", "-", "_", "%00", "=", "%F0")) {
        String tampered = cursor.substring(0, i) + other + cursor.substring(i + 1);
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(
                        server.base().resolve("/api/tasks?limit=1&cursor=" + tampered))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(tampered).isIn(200, 400);
        if (answer.statusCode() == 400) {
          assertThat(json(answer.body()).getString("code")).isEqualTo("VALIDATION_ERROR");
          assertThat(answer.body()).contains("\"cursor\"");
        }
      }
    }
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  // Zones

  @Test
  void times_are_the_same_in_every_time_zone() throws Exception {
    assertThat(server.log()).contains("Pacific/Apia");
    JsonObject task = api().get(completed("what day is it?"));
    List<Instant> times = new ArrayList<>();
    for (String field :
        List.of(
            "createdAt",
            "imageGenerationStartedAt",
            "imageGenerationCompletedAt",
            "modelGenerationStartedAt",
            "modelGenerationCompletedAt")) {
      assertThat(task.getString(field)).endsWith("Z");
      times.add(Instant.parse(task.getString(field)));
    }
    assertThat(times).isSorted();
    assertThat(times.get(0)).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    assertThat(
            rows(
                "select count(*) from task where leased_by is not null and due_at > now() + interval '4 minutes'"))
        .containsExactly("0");
  }
}
