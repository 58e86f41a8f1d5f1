package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.maquette.Tool;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operation of the OpenAPI document with valid, odd and broken requests on PostgreSQL: no
 * answer is a fault, and none is undocumented. The generator is schemathesis, from {@code
 * target/schemathesis} or the path ({@code .ci/run} installs it); without it that test is skipped.
 */
@Tag("fault")
class FuzzIT {

  private static final Duration AT_MOST = Duration.ofMinutes(5);
  private static final String SEED = "4711";

  private static Path folder;
  private static Server server;
  private static String operator;
  private static String user;

  @BeforeAll
  static void start() throws Exception {
    folder = Wars.freshFolder("fuzz");
    Map<String, String> environment =
        new Environment(folder)
            .onPostgres(Wars.freshPostgres("fuzz"))
            .with("MAQUETTE_AUTH", "accounts")
            .with("MAQUETTE_QUEUE_USER_LIMIT", "1000000")
            .with("MAQUETTE_QUOTA_DAILY", "1000000")
            .with("MAQUETTE_PUSH_LIFETIME", "PT1S") // so that a stream ends
            .values();
    server = PayaraMicro.start(folder, Path.of(System.getProperty("maquette.war")), environment);
    try (InputStream document =
        server.base().resolve("/openapi?format=json").toURL().openStream()) {
      document.readAllBytes(); // the server takes its time to make it the first time
    }
    operator = OperatorClient.keyOf(server.base(), server.log());
    Person.Answer made =
        Person.withToken(server.base(), operator)
            .call(
                "POST",
                "/api/admin/users",
                "{\"email\":\"fuzz@example.org\",\"role\":\"USER\",\"reason\":\"test\"}");
    user =
        Person.signedIn(server.base(), "fuzz@example.org", made.data().getString("password"))
            .call("POST", "/api/keys", "{\"name\":\"fuzz\",\"scope\":\"read write\"}")
            .data()
            .getString("token");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String someTask(String key) throws Exception {
    return Person.withToken(server.base(), key)
        .call("POST", "/api/tasks", "{\"prompt\":\"a mug\"}")
        .data()
        .getString("id");
  }

  @Tag("all")
  @ParameterizedTest
  @ValueSource(strings = {"operator", "user"})
  void every_operation_answers_as_the_document_says(String caller) throws Exception {
    Path program = Tool.SCHEMATHESIS.require();
    boolean isOperator = caller.equals("operator");
    String key = isOperator ? operator : user;
    String task = someTask(key);
    String ids =
        Json.createObjectBuilder()
            .add("/api/tasks/{id}", Json.createArrayBuilder(List.of(task, someTask(key))))
            .add("/api/admin/tasks/{id}", Json.createArrayBuilder(List.of(task)))
            .build()
            .toString();
    Path out = folder.resolve("schemathesis-" + caller + ".txt");
    ProcessBuilder run =
        new ProcessBuilder(
                program.toString(),
                "--config-file",
                "/dev/null",
                "run",
                server.base().resolve("/openapi?format=json").toString(),
                "-u",
                server.base().toString().replaceAll("/$", ""),
                "-H",
                "Authorization: Bearer " + key,
                "--checks",
                "all",
                // what is valid by the document may be refused by the state of a task, and a path
                // like /api/tasks/stream is that of a task for other methods
                "--exclude-checks",
                "ignored_auth,positive_data_acceptance,unsupported_method",
                "--phases",
                "examples,coverage,fuzzing",
                "--max-examples",
                System.getProperty("it.fuzz.examples", "5"),
                "--seed",
                SEED,
                "--generation-deterministic",
                "--continue-on-failure",
                "--no-shrink",
                "--request-timeout",
                "20",
                "--suppress-health-check",
                "all",
                "--warnings",
                "off",
                "--no-color")
            .directory(folder.toFile()) // it leaves a cache where it runs
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    run.environment()
        .putAll(
            Map.of(
                "FUZZ_BASE",
                server.base().toString().replaceAll("/$", ""),
                "FUZZ_TOKEN",
                key,
                "FUZZ_IDS",
                ids,
                "SCHEMATHESIS_HOOKS",
                "fuzz_hooks",
                "PYTHONPATH",
                Path.of("src", "test", "python").toAbsolutePath().toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1"));
    Process process = run.start();
    if (!process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail("schemathesis was not done within " + AT_MOST + ", see " + out);
    }
    String said = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(process.exitValue())
        .as(said.substring(Math.max(0, said.length() - 20_000)))
        .isZero();
  }

  /** What fuzzing has found before; each was a fault once. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/admin/users?cursor=%00 | 400",
        "/api/admin/users?cursor=a%00b | 400",
        "/api/admin/tasks?q=a%00b | 400",
        "/api/admin/tasks?owner=%00 | 400",
        "/api/tasks?q=%00 | 400",
        "/api/tasks?q=a%00b&q=c | 400",
        "/api/admin/audit?cursor=%00 | 400",
        "/api/admin/tasks?from=-9999-01-01T00:00:00Z | 400",
        "/api/admin/tasks?from=%2B294277-01-01T00:00:00Z | 400",
        "/api/admin/tasks?from=%2B999999999-12-31T23:59:59Z | 400",
        "/api/admin/tasks?before=-4714-01-01T00:00:00Z | 400",
        "/api/admin/tasks?from=0001-01-01T00:00:00Z | 200",
        "/api/admin/tasks?before=9999-12-31T23:59:59Z | 200",
      })
  void values_that_postgresql_cannot_hold_are_refused_by_their_field(String path, int status)
      throws Exception {
    Person.Answer answer = Person.withToken(server.base(), operator).call("GET", path, null);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    if (status == 400) {
      String field = path.replaceAll(".*\\?([a-z]+)=.*", "$1");
      assertThat(answer.code()).isEqualTo("VALIDATION_ERROR");
      assertThat(answer.json().getJsonArray("details").toString()).contains(field);
    }
  }

  @Test
  void an_email_with_a_zero_character_is_refused() throws Exception {
    Person.Answer answer =
        Person.anonymous(server.base())
            .call("POST", "/api/session", "{\"email\":\"a\\u0000b@c\",\"password\":\"x\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().getJsonArray("details").toString()).contains("email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/tasks",
        "GET /index.html",
        "HEAD /api/statuses",
        "GET /api/nothing",
      })
  void an_accept_language_that_means_nothing_does_no_harm(String request) throws IOException {
    for (String header : List.of("-", "--", "q=", ";", ",")) {
      assertThat(raw(request, "Accept-Language: " + header))
          .as(header)
          .matches("HTTP/1.1 (200|404) .*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=-",
        "bytes=-0",
        "bytes=5-2",
        "bytes=99999999999999999999-",
        "items=0-1",
        "bytes=a-b",
        "x",
        "bytes=0-0"
      })
  void a_page_is_sent_whole_for_any_range(String range) throws IOException {
    assertThat(raw("GET /index.html", "Range: " + range)).startsWith("HTTP/1.1 200 ");
    assertThat(raw("HEAD /", "Range: " + range)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void the_methods_of_a_resource_are_told_with_head() throws IOException {
    assertThat(rawAnswer("PUT /api/tasks", "Content-Length: 0"))
        .startsWith("HTTP/1.1 405 ")
        .contains("\nAllow: GET, HEAD, OPTIONS, POST\n");
  }

  /** The status line. */
  private static String raw(String request, String header) throws IOException {
    return rawAnswer(request, header).lines().findFirst().orElse("");
  }

  private static String rawAnswer(String request, String header) throws IOException {
    return RawConnection.answer(
        server.base(), request + " HTTP/1.1\r\nAuthorization: Bearer " + user + "\r\n" + header);
  }
}
