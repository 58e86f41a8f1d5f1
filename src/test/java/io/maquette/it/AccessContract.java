package io.maquette.it;

import static io.maquette.it.AccessContract.Caller.ANONYMOUS;
import static io.maquette.it.AccessContract.Caller.FORGED_COOKIE;
import static io.maquette.it.AccessContract.Caller.FORGED_KEY;
import static io.maquette.it.AccessContract.Caller.FORGED_TOKEN;
import static io.maquette.it.AccessContract.Caller.OPERATOR;
import static io.maquette.it.AccessContract.Caller.OTHER;
import static io.maquette.it.AccessContract.Caller.OWNER;
import static io.maquette.it.AccessContract.Caller.REVOKED_KEY;
import static io.maquette.it.AccessContract.Kind.OPEN;
import static io.maquette.it.AccessContract.Kind.OPERATORS;
import static io.maquette.it.AccessContract.Kind.OWN;
import static io.maquette.it.AccessContract.Kind.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.admin.SettingsInForce;
import io.maquette.it.Person.Answer;
import io.maquette.it.server.Server;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who may do what, on a real server on which people have accounts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccessContract {

  private static final Path PAGES = Path.of("src", "main", "webapp");
  private static final Pattern FIRST_OPERATOR =
      Pattern.compile("signs in as (\\S+) with the password ([A-Za-z0-9]{20})");
  private static final String WHY = "\"reason\":\"the matrix\"";

  /** Who calls. Those who must not get through come first, while everything is still there. */
  enum Caller {
    ANONYMOUS,
    FORGED_KEY,
    FORGED_TOKEN,
    FORGED_COOKIE,
    REVOKED_KEY,
    OTHER,
    OPERATOR,
    OWNER
  }

  /** Whose a route is. */
  enum Kind {
    /** Anybody's. */
    OPEN,
    /** Of whoever is known: each sees their own. */
    USERS,
    /** Something of the owner's. */
    OWN,
    /** Operators'. */
    OPERATORS
  }

  /**
   * A route.
   *
   * @param method in lower case
   * @param path as it stands in the code
   * @param kind whose it is
   * @param body what is sent; null for nothing
   * @param status what those answer with who may
   */
  record Route(String method, String path, Kind kind, String body, int status) {

    int expected(Caller caller) {
      return switch (caller) {
        case ANONYMOUS, FORGED_KEY, FORGED_TOKEN, FORGED_COOKIE, REVOKED_KEY ->
            kind == OPEN ? status : 401;
        case OWNER -> kind == OPERATORS ? 403 : status;
        case OTHER -> kind == OPERATORS ? 403 : kind == OWN ? 404 : status;
        case OPERATOR -> kind == OWN ? 404 : status; // theirs are the routes under /api/admin
      };
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Every route; in this order, as what is deleted last is needed before. */
  private static final List<Route> MATRIX =
      List.of(
          new Route("get", "/api/statuses", OPEN, null, 200),
          new Route("get", "/api/metrics", OPEN, null, 200), // to callers on this machine
          new Route("get", "/api/session", OPEN, null, 200),
          new Route("post", "/api/session", OPEN, "{}", 400),
          new Route("get", "/api/workers/status", USERS, null, 200),
          new Route("get", "/api/tasks", USERS, null, 200),
          new Route("post", "/api/tasks", USERS, "{\"prompt\":\"one more\"}", 201),
          new Route("get", "/api/tasks/stream", USERS, null, 200),
          new Route("get", "/api/tasks/{id}", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/events", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/stream", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/images/{index}", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/model", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/model/printability", OWN, null, 200),
          new Route("get", "/api/tasks/{id}/preview", OWN, null, 404), // the studio makes none
          new Route("get", "/api/webhooks", USERS, null, 200),
          new Route("post", "/api/webhooks", USERS, "{}", 400),
          new Route("get", "/api/webhooks/{id}/deliveries", USERS, null, 404),
          new Route("post", "/api/webhooks/{id}/rotate", USERS, null, 404),
          new Route("post", "/api/webhooks/{id}/resume", USERS, null, 404),
          new Route("post", "/api/webhooks/{id}/deliveries/{event}/resend", USERS, null, 404),
          new Route("delete", "/api/webhooks/{id}", USERS, null, 404),
          new Route("get", "/api/admin/webhooks", OPERATORS, null, 200),
          new Route("post", "/api/admin/webhooks", OPERATORS, "{" + WHY + "}", 400),
          new Route("get", "/api/admin/webhooks/{id}/deliveries", OPERATORS, null, 404),
          new Route("post", "/api/admin/webhooks/{id}/rotate", OPERATORS, "{" + WHY + "}", 404),
          new Route("post", "/api/admin/webhooks/{id}/resume", OPERATORS, "{" + WHY + "}", 404),
          new Route("post", "/api/admin/webhooks/{id}/delete", OPERATORS, "{" + WHY + "}", 404),
          new Route(
              "post",
              "/api/admin/webhooks/{id}/deliveries/{event}/resend",
              OPERATORS,
              "{" + WHY + "}",
              404),
          new Route("get", "/api/admin/overdue", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks/{id}", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks/{id}/export", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks/{id}/images/{index}", OPERATORS, null, 200),
          new Route("get", "/api/admin/tasks/{id}/model", OPERATORS, null, 200),
          new Route("post", "/api/admin/tasks/{id}/cancel", OPERATORS, "{" + WHY + "}", 409),
          new Route(
              "post",
              "/api/admin/tasks/{id}/retry",
              OPERATORS,
              "{\"type\":\"model\"," + WHY + "}",
              409),
          new Route("post", "/api/admin/tasks/{id}/release", OPERATORS, "{" + WHY + "}", 409),
          new Route(
              "post",
              "/api/admin/tasks/{id}/provider",
              OPERATORS,
              "{\"provider\":\"local\"," + WHY + "}",
              409),
          new Route(
              "post",
              "/api/tasks/{id}/edit",
              OWN,
              "{\"imageIndex\":11,\"instruction\":\"x\"}",
              400),
          new Route("post", "/api/tasks/{id}/cancel", OWN, null, 409),
          new Route("post", "/api/tasks/{id}/retry", OWN, "{\"type\":\"model\"}", 409),
          new Route("patch", "/api/tasks/{id}", OWN, "{\"selectedImageIndex\":1}", 200),
          new Route("delete", "/api/tasks/{id}", OWN, null, 200),
          new Route("get", "/api/keys", USERS, null, 200),
          new Route("post", "/api/keys", USERS, "{\"name\":\"k\",\"scope\":\"read\"}", 201),
          new Route("delete", "/api/keys/{id}", OWN, null, 200),
          new Route(
              "put",
              "/api/account/password",
              USERS,
              "{\"present\":\"is another\",\"next\":\"long enough, this one\"}",
              400),
          new Route("get", "/api/admin/users", OPERATORS, null, 200),
          new Route(
              "post",
              "/api/admin/users",
              OPERATORS,
              "{\"email\":\"matrix@maquette.example\",\"role\":\"USER\"," + WHY + "}",
              201),
          new Route("get", "/api/admin/users/{id}", OPERATORS, null, 200),
          new Route("get", "/api/admin/users/{id}/keys", OPERATORS, null, 200),
          new Route(
              "put",
              "/api/admin/users/{id}/role",
              OPERATORS,
              "{\"role\":\"USER\"," + WHY + "}",
              200),
          new Route(
              "put", "/api/admin/users/{id}/limits", OPERATORS, "{\"daily\":5," + WHY + "}", 200),
          new Route("post", "/api/admin/users/{id}/password", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/users/{id}/disable", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/users/{id}/enable", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/keys/{id}/revoke", OPERATORS, "{" + WHY + "}", 200),
          new Route("get", "/api/admin/audit", OPERATORS, null, 200),
          new Route("delete", "/api/admin/tasks/{id}", OPERATORS, null, 400), // without a reason
          new Route(
              "post",
              "/api/admin/tasks/bulk",
              OPERATORS,
              "{\"action\":\"RETRY_IMAGES\",\"user\":\"nobody\"," + WHY + "}",
              200),
          new Route(
              "post",
              "/api/admin/tasks/bulk/preview",
              OPERATORS,
              "{\"action\":\"RETRY_IMAGES\"}",
              200),
          new Route("get", "/api/admin/overview", OPERATORS, null, 200),
          new Route("get", "/api/admin/settings", OPERATORS, null, 200),
          new Route("get", "/api/admin/providers", OPERATORS, null, 200),
          new Route("post", "/api/admin/providers/{name}/pause", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/providers/{name}/resume", OPERATORS, "{" + WHY + "}", 200),
          new Route("post", "/api/admin/providers/{name}/probe", OPERATORS, "{" + WHY + "}", 200),
          new Route("put", "/api/admin/providers/{name}/limits", OPERATORS, "{" + WHY + "}", 200),
          new Route("get", "/api/admin/batch/jobs", OPERATORS, null, 200),
          new Route("get", "/api/admin/batch/runs", OPERATORS, null, 200),
          new Route("get", "/api/admin/batch/runs/{id}", OPERATORS, null, 404),
          new Route("get", "/api/admin/batch/runs/{id}/report", OPERATORS, null, 404),
          new Route("post", "/api/admin/batch/runs/{id}/stop", OPERATORS, "{" + WHY + "}", 404),
          new Route("post", "/api/admin/batch/runs/{id}/restart", OPERATORS, "{" + WHY + "}", 404),
          new Route("post", "/api/admin/batch/import", OPERATORS, "{}", 415),
          new Route("post", "/api/admin/batch/redrive", OPERATORS, "{" + WHY + "}", 201),
          new Route("post", "/api/admin/batch/redrive/preview", OPERATORS, "{}", 200),
          new Route(
              "post", "/api/admin/batch/retention", OPERATORS, "{\"days\":9," + WHY + "}", 201),
          new Route("post", "/api/admin/batch/verify-assets", OPERATORS, "{" + WHY + "}", 201),
          new Route("post", "/api/admin/batch/dwell-report", OPERATORS, "{" + WHY + "}", 201),
          new Route("get", "/api/admin/batch/dwell", OPERATORS, null, 200),
          new Route("delete", "/api/session", OPEN, null, 200));

  /** What else the application answers to, and the pages, which have nothing of anybody's. */
  private static final Set<String> SOCKETS = Set.of("/ws/tasks", "/ws/tasks/{id}");

  /** What a Prometheus on another machine sends. */
  private static final String MONITOR = "a-prometheus-elsewhere";

  private final TokenIssuer issuer = TokenIssuer.open();
  private final Map<Caller, Person> callers = new EnumMap<>(Caller.class);
  private Server server;
  private URI base;
  private String operatorEmail;
  private String operatorPassword;

  /** Starts a server of this kind. */
  abstract Server start(Path folder, Path war, Map<String, String> environment) throws Exception;

  @BeforeAll
  void startServer() throws Exception {
    Path folder = Wars.freshFolder("access");
    server =
        start(
            folder,
            Path.of(System.getProperty("maquette.war")),
            Map.of(
                "MAQUETTE_HOME",
                folder.resolve("home").toString(),
                "MAQUETTE_AUTH",
                "accounts",
                "MAQUETTE_WORKER_TICK",
                "PT0.2S",
                "MAQUETTE_PUSH_LIFETIME",
                "PT20S",
                "MAQUETTE_METRICS_TOKEN",
                MONITOR,
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                issuer.keys().toString(),
                "MP_JWT_VERIFY_ISSUER",
                TokenIssuer.NAME,
                "MP_JWT_VERIFY_AUDIENCES",
                TokenIssuer.AUDIENCE));
    base = server.base();
    Matcher told = FIRST_OPERATOR.matcher(server.log());
    assertThat(told.find()).as("the log tells who the first operator is").isTrue();
    operatorEmail = told.group(1);
    operatorPassword = told.group(2);
    assertThat(told.find()).as("once").isFalse();
    callers.put(OPERATOR, Person.signedIn(base, operatorEmail, operatorPassword));
    callers.put(OWNER, newUser("owner@maquette.example"));
    callers.put(OTHER, newUser("other@maquette.example"));
    callers.put(ANONYMOUS, Person.anonymous(base));
    String revoked = newKey(OWNER, "read write");
    callers.put(REVOKED_KEY, Person.withToken(base, revoked));
    assertThat(callers.get(REVOKED_KEY).get("/api/tasks").status()).isEqualTo(200);
    as(OWNER).call("DELETE", "/api/keys/" + keyIds(OWNER).get(0), null);
    callers.put(FORGED_KEY, Person.withToken(base, revoked.substring(0, 46) + "x"));
    try (TokenIssuer forger = TokenIssuer.open()) {
      callers.put(FORGED_TOKEN, Person.withToken(base, forger.token("owner")));
    }
    callers.put(FORGED_COOKIE, Person.withCookie(base, "x".repeat(43)));
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.close();
    }
    issuer.close();
  }

  private Person as(Caller caller) {
    return callers.get(caller);
  }

  URI base() {
    return base;
  }

  /** Has a user made, and returns the password. */
  String newPassword(String email) throws Exception {
    Answer created =
        as(OPERATOR)
            .call(
                "POST",
                "/api/admin/users",
                "{\"email\":\"" + email + "\",\"role\":\"USER\",\"reason\":\"a test\"}");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.data().getString("password");
  }

  private Person newUser(String email) throws Exception {
    return Person.signedIn(base, email, newPassword(email));
  }

  private String newKey(Caller caller, String scope) throws Exception {
    Answer created =
        as(caller).call("POST", "/api/keys", "{\"name\":\"k\",\"scope\":\"" + scope + "\"}");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.data().getString("token");
  }

  private List<String> keyIds(Caller caller) throws Exception {
    return as(caller).get("/api/keys").json().getJsonArray("data").stream()
        .map(key -> key.asJsonObject().getString("id"))
        .toList();
  }

  private static String create(Person person, String prompt) throws Exception {
    Answer created = person.call("POST", "/api/tasks", "{\"prompt\":\"" + prompt + "\"}");
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.data().getString("id");
  }

  private static void awaitStatus(Person person, String task, String status) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> person.get("/api/tasks/" + task).data().getString("status").equals(status));
  }

  private String completedTask(Person person) throws Exception {
    String id = create(person, "of the owner alone");
    awaitStatus(person, id, "IMAGE_COMPLETED");
    person.call("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":0}");
    awaitStatus(person, id, "MODEL_COMPLETED");
    return id;
  }

  // The matrix

  @Test
  void theMatrixHasEveryRoute() throws IOException {
    Set<String> code = new TreeSet<>();
    for (String path : Routes.paths()) {
      Routes.methods(path).forEach(method -> code.add(method + " " + path));
    }
    assertThat(MATRIX.stream().map(Route::toString).collect(Collectors.toList()))
        .as("whoever adds a route says here whose it is")
        .containsExactlyInAnyOrderElementsOf(code);
    assertThat(SOCKETS).containsExactlyInAnyOrderElementsOf(Routes.sockets());
    assertThat(pages()).contains("/index.html", "/sign-in.html");
  }

  private static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.walk(PAGES)) {
      return files
          .map(file -> "/" + PAGES.relativize(file))
          .filter(file -> file.endsWith(".html"))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyRouteAnswersEverybodyAsTheyMay() throws Exception {
    String task = completedTask(as(OWNER));
    newKey(OWNER, "read");
    String key = keyIds(OWNER).get(0);
    String user =
        as(OPERATOR)
            .get("/api/admin/users?q=other@maquette.example")
            .json()
            .getJsonArray("data")
            .getJsonObject(0)
            .getString("id");
    newKey(OTHER, "read");
    String keyOfOther = keyIds(OTHER).get(0);
    // what is done to a user is done to one who does not call here
    Answer dummy =
        as(OPERATOR)
            .call(
                "POST",
                "/api/admin/users",
                "{\"email\":\"dummy@maquette.example\",\"role\":\"USER\",\"reason\":\"a test\"}");
    String dummyId = dummy.data().getJsonObject("user").getString("id");
    assertThat(user).isNotEqualTo(dummyId);
    String before = as(OWNER).get("/api/tasks/" + task).header("ETag");
    List<String> wrong = new ArrayList<>();
    for (Route route : MATRIX) {
      String path =
          route
              .path()
              .replace("{index}", "0")
              .replace("{name}", "local")
              .replace("/tasks/{id}", "/tasks/" + task)
              .replace("/users/{id}", "/users/" + dummyId)
              .replace("/runs/{id}", "/runs/0") // there is none
              .replace("/admin/keys/{id}", "/admin/keys/" + keyOfOther)
              .replace("/keys/{id}", "/keys/" + key)
              .replace("/webhooks/{id}", "/webhooks/00000000-0000-4000-8000-000000000000")
              .replace("{event}", "1");
      for (Caller caller : Caller.values()) {
        if (route.kind() == OWN && caller == OWNER && !route.method().equals("get")) {
          Answer still = as(OWNER).get("/api/tasks/" + task);
          if (still.status() == 200 && !still.header("ETag").equals(before)) {
            wrong.add(route + " changed something for somebody else");
          }
        }
        Answer answer =
            as(caller).call(route.method().toUpperCase(Locale.ROOT), path, route.body());
        if (answer.status() != route.expected(caller)) {
          wrong.add(
              "%s as %s: %d rather than %d: %s"
                  .formatted(
                      route, caller, answer.status(), route.expected(caller), answer.body()));
        } else if (answer.status() >= 400) {
          assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
        if (caller == OWNER) {
          Answer now = as(OWNER).get("/api/tasks/" + task);
          before = now.status() == 200 ? now.header("ETag") : before;
        }
      }
      if (route.path().equals("/api/tasks/{id}") && route.method().equals("patch")) {
        awaitStatus(as(OWNER), task, "MODEL_COMPLETED");
        before = as(OWNER).get("/api/tasks/" + task).header("ETag");
      }
    }
    // everybody's sessions ended with the last route
    callers.put(OPERATOR, Person.signedIn(base, operatorEmail, operatorPassword));
    assertThat(wrong).isEmpty();
  }

  @Test
  void socketsTellTheOwnerAlone() throws Exception {
    Person owner = newUser("socket-owner@maquette.example");
    Person other = newUser("socket-other@maquette.example");
    String task = create(owner, "watched");
    for (Caller caller : List.of(ANONYMOUS, FORGED_KEY, FORGED_TOKEN, FORGED_COOKIE, REVOKED_KEY)) {
      for (String path : List.of("/ws/tasks", "/ws/tasks/" + task)) {
        assertThat(as(caller).socket(path))
            .as("%s as %s", path, caller)
            .isEqualTo("UNAUTHENTICATED");
      }
    }
    assertThat(owner.socket("/ws/tasks")).isEqualTo("snapshot");
    assertThat(owner.socket("/ws/tasks/" + task)).isEqualTo("snapshot");
    assertThat(other.socket("/ws/tasks")).isEqualTo("snapshot");
    assertThat(other.socket("/ws/tasks/" + task)).isEqualTo("NOT_FOUND");
    assertThat(owner.with("Origin", "http://evil.example").socket("/ws/tasks"))
        .startsWith("page of another host");
    assertThat(
            owner
                .with("Origin", "http://nas:8080")
                .with("X-Forwarded-Host", "nas")
                .with("X-Forwarded-Port", "8080")
                .socket("/ws/tasks"))
        .isEqualTo("snapshot");
  }

  @Test
  void pagesAreOpenAndTheConsoleIsForOperators() throws Exception {
    Person operator = Person.signedIn(base, operatorEmail, operatorPassword);
    Person user = newUser("no-operator@maquette.example");
    for (String page : pages()) {
      for (Person person : List.of(as(ANONYMOUS), as(FORGED_COOKIE), user, operator)) {
        assertThat(person.get(page).status()).as(page).isEqualTo(200);
      }
    }
    Answer asked = as(ANONYMOUS).get("/console/tasks.xhtml?state=FAILED&q=a");
    assertThat(asked.status()).isEqualTo(302);
    assertThat(asked.header("Location"))
        .isEqualTo("/sign-in.html?next=%2Fconsole%2Ftasks.xhtml%3Fstate%3DFAILED%26q%3Da");
    for (String path : List.of("/console", "/console;x/any")) { // maybe on to /console/
      assertThat(user.get(path).status()).as(path).isIn(301, 302, 403);
    }
    for (String path : List.of("/console/", "/console/any")) {
      assertThat(user.get(path).status()).as(path).isEqualTo(403);
      assertThat(as(REVOKED_KEY).get(path).status()).as(path).isIn(302, 401);
      assertThat(operator.get(path).status()).as(path).isNotIn(401, 403);
    }
    for (String path : List.of("/openapi", "/api-docs.html")) {
      assertThat(as(ANONYMOUS).get(path).status()).as(path).isEqualTo(200);
    }
  }

  // What operators see and do

  @Test
  void everyPageOfTheConsoleIsThere() throws Exception {
    Person operator = Person.signedIn(base, operatorEmail, operatorPassword);
    for (String page :
        List.of(
            "",
            "tasks",
            "task",
            "providers",
            "provider",
            "batch",
            "run",
            "users",
            "user",
            "audit",
            "settings")) {
      Answer answer = operator.get("/console/" + (page.isEmpty() ? "" : page + ".xhtml"));
      assertThat(answer.status()).as(page).isEqualTo(200);
      assertThat(answer.body()).as(page).contains("<h1>", "id=\"content\"", "</html>");
      assertThat(answer.header("Content-Security-Policy"))
          .as(page)
          .contains("script-src 'self' 'nonce-")
          .doesNotContain("unsafe-inline", "unsafe-eval");
    }
    assertThat(operator.get("/console/users.xhtml").body()).contains(operatorEmail);
    // a link from elsewhere presses no button
    assertThat(operator.get("/console/tasks.xhtml?jakarta.faces.ViewState=stateless").status())
        .isEqualTo(403);
    assertThat(operator.get("/jakarta.faces.resource/core.js.xhtml?ln=primefaces").status())
        .isEqualTo(200);
  }

  private static void assertDone(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void anOperatorKeepsTasksFromAProviderAndFollowsOneOfSomebodyElse() throws Exception {
    Person operator = Person.signedIn(base, operatorEmail, operatorPassword);
    Person maker = newUser("followed@maquette.example");
    String why = "{" + WHY + "}";
    Answer paused = operator.call("POST", "/api/admin/providers/local/pause", why);
    assertDone(paused);
    assertThat(paused.data().getString("state")).isEqualTo("PAUSED");
    String task = create(maker, "waits for number 7351");
    String path = "/api/admin/tasks/" + task;
    try {
      Instant created =
          Instant.parse(maker.get("/api/tasks/" + task).data().getString("createdAt"));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  operator.get("/api/workers/status").data().getJsonArray("workers").stream()
                      .map(worker -> worker.asJsonObject().getString("lastRoundAt"))
                      .allMatch(round -> Instant.parse(round).isAfter(created)));
      JsonObject waiting = operator.get(path).data();
      assertThat(waiting.getString("waitsFor"))
          .isEqualTo("local is PAUSED, by " + operatorEmail + ": the matrix");
      assertThat(waiting.getJsonObject("task").getString("status")).isEqualTo("IMAGE_PENDING");
      for (String q : List.of("NUMBER+7351", task)) {
        Answer found = operator.get("/api/admin/tasks?user=followed@maquette.example&q=" + q);
        assertThat(found.json().getJsonArray("data")).as(q).hasSize(1);
      }
      Answer preview =
          operator.call(
              "POST",
              "/api/admin/tasks/bulk/preview",
              "{\"action\":\"CANCEL\",\"user\":\"followed@maquette.example\"}");
      assertThat(preview.data().getInt("count")).isEqualTo(1);
      assertThat(preview.data().getJsonArray("sample").getString(0)).isEqualTo(task);
      Answer nobody =
          operator.call(
              "POST",
              "/api/admin/tasks/bulk",
              "{\"action\":\"CHANGE_PROVIDER\",\"maker\":\"nobody\"," + WHY + "}");
      assertThat(nobody.status()).isEqualTo(400);
      assertThat(nobody.body()).contains("\"maker\"");
      assertThat(operator.call("POST", path + "/release", why).code()).isEqualTo("INVALID_STATE");
    } finally {
      assertDone(operator.call("POST", "/api/admin/providers/local/resume", why));
    }
    awaitStatus(maker, task, "IMAGE_COMPLETED");
    JsonObject story = operator.get(path + "/export").json().getJsonObject("task");
    assertThat(story.getJsonArray("calls")).hasSize(4);
    assertThat(story.getJsonArray("stays").getJsonObject(0).getString("lasted")).startsWith("PT");
    assertThat(operator.get(path + "/export").header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"task-" + task + ".json\"");

    Answer limited =
        operator.call("PUT", "/api/admin/providers/local/limits", "{\"openJobs\":2," + WHY + "}");
    assertThat(limited.data().getInt("openJobsLimit")).isEqualTo(2);
    assertDone(operator.call("PUT", "/api/admin/providers/local/limits", why));
    Answer overview = operator.get("/api/admin/overview");
    assertDone(overview);
    assertThat(overview.data().getJsonObject("queues").keySet())
        .containsExactlyInAnyOrder(
            "IMAGE_PENDING",
            "IMAGE_GENERATING",
            "IMAGE_EDITING",
            "MODEL_PENDING",
            "MODEL_GENERATING");
    assertThat(overview.data().getJsonObject("lasting").containsKey("IMAGE_PENDING")).isTrue();
    JsonObject password =
        operator.get("/api/admin/settings").json().getJsonArray("data").stream()
            .map(JsonValue::asJsonObject)
            .filter(setting -> setting.getString("name").equals("maquette.db.password"))
            .findFirst()
            .orElseThrow();
    assertThat(password.getString("value")).isEqualTo(SettingsInForce.MASK);

    Answer bulk =
        operator.call(
            "POST",
            "/api/admin/tasks/bulk",
            "{\"action\":\"DELETE\",\"user\":\"followed@maquette.example\"," + WHY + "}");
    assertThat(bulk.data().getInt("done")).as(bulk.body()).isEqualTo(1);
    assertThat(maker.get("/api/tasks/" + task).status()).isEqualTo(404);
    for (String subject : List.of("task:" + task, "tasks", "provider:local")) {
      JsonObject kept =
          operator
              .get("/api/admin/audit?subject=" + subject)
              .json()
              .getJsonArray("data")
              .getJsonObject(0);
      assertThat(kept.getString("operator")).as(subject).isEqualTo(operatorEmail);
      assertThat(kept.getString("reason")).isEqualTo("the matrix");
    }
  }

  // Signing in and out

  @Test
  void signingInSetsANewCookieThatNoScriptReadsAndSigningOutEndsIt() throws Exception {
    newUser("cookie@maquette.example");
    Person operator = Person.signedIn(base, operatorEmail, operatorPassword);
    Answer first = Person.signIn(base, operatorEmail, operatorPassword);
    assertThat(first.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800")
        .doesNotContain("Secure"); // plain http
    String one = Person.cookieOf(first);
    Answer again =
        Person.withCookie(base, one)
            .call(
                "POST",
                "/api/session",
                "{\"email\":\"%s\",\"password\":\"%s\"}"
                    .formatted(operatorEmail, operatorPassword));
    String two = Person.cookieOf(again);
    assertThat(two).isNotEqualTo(one);
    assertThat(Person.withCookie(base, one).get("/api/tasks").status()).isEqualTo(401);
    assertThat(Person.withCookie(base, two).get("/api/tasks").status()).isEqualTo(200);
    assertThat(
            Person.withCookie(base, two).call("DELETE", "/api/session", null).header("Set-Cookie"))
        .contains("maquette-session=", "Max-Age=0");
    assertThat(Person.withCookie(base, two).get("/api/tasks").status()).isEqualTo(401);
    assertThat(operator.get("/api/tasks").status()).as("another session").isEqualTo(200);
    assertThat(
            Person.anonymous(base)
                .with("X-Forwarded-Proto", "https")
                .call(
                    "POST",
                    "/api/session",
                    "{\"email\":\"%s\",\"password\":\"%s\"}"
                        .formatted(operatorEmail, operatorPassword))
                .header("Set-Cookie"))
        .as("behind a proxy that does TLS")
        .contains("Secure");
  }

  @Test
  void guessingIsSlowedDownAndTellsNotWhoIsThere() throws Exception {
    newUser("guessed@maquette.example");
    List<String> told = new ArrayList<>();
    for (String email : List.of("guessed@maquette.example", "nobody@maquette.example")) {
      Answer answer = null;
      for (int i = 0; i <= 10; i++) {
        answer = guess(email, "203.0.113." + i);
        if (i == 0) {
          told.add(answer.status() + answer.body());
        }
      }
      assertThat(answer.status()).isEqualTo(429);
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 901);
      told.add(answer.status() + answer.body());
    }
    assertThat(told.subList(0, 2)).isEqualTo(told.subList(2, 4));
  }

  private Answer guess(String email, String from) throws Exception {
    return Person.anonymous(base)
        .with("X-Forwarded-For", from)
        .call("POST", "/api/session", "{\"email\":\"%s\",\"password\":\"wrong\"}".formatted(email));
  }

  @Test
  void aPrometheusElsewhereReadsMetricsAndNothingElse() throws Exception {
    Person elsewhere = Person.anonymous(base).with("X-Forwarded-For", "203.0.113.9");
    Person monitor = elsewhere.with("Authorization", "Bearer " + MONITOR);
    assertThat(elsewhere.get("/api/metrics").status()).isEqualTo(401);
    assertThat(
            elsewhere.with("Authorization", "Bearer " + MONITOR + "x").get("/api/metrics").status())
        .isEqualTo(401);
    assertThat(monitor.get("/api/metrics").status()).isEqualTo(200);
    assertThat(monitor.get("/api/tasks").status()).isEqualTo(401);
    assertThat(monitor.get("/api/admin/overview").status()).isEqualTo(401);
  }

  @Test
  void what_the_server_adds_tells_strangers_no_names() throws Exception {
    Person here = as(ANONYMOUS);
    // WildFly has its health at the management port
    boolean isWildFly = here.get("/health/ready").status() == 404;
    for (Person person : List.of(here, as(OPERATOR))) {
      for (String path : List.of("/metrics", "/metrics/base", "/metrics?x")) {
        assertThat(person.get(path).status()).as(path).isIn(400, 404);
      }
      Answer wadl = person.get("/openapi/application.wadl");
      if (isWildFly && wadl.status() == 200) {
        assertThat(wadl.body()).contains("openapi: 3"); // it sends the OpenAPI document there
      } else {
        assertThat(wadl.status()).isIn(400, 404);
      }
    }
    assertThat(server.log()).doesNotContain("microprofile-metrics-resource");
    if (isWildFly) {
      return;
    }
    Person elsewhere = here.with("X-Forwarded-For", "203.0.113.9");
    for (String path :
        List.of("/health", "/health/", "/health/ready", "/health/ready?x", "/health;x")) {
      Answer bare = elsewhere.get(path);
      assertThat(bare.status()).as(path).isIn(200, 404);
      assertThat(bare.body()).doesNotContain("\"data\"", "looked at", "in use");
    }
    assertThat(elsewhere.get("/health/ready").body())
        .contains("\"status\":\"UP\"", "{\"name\":\"database\",\"status\":\"UP\"}");
    Person operator =
        Person.withToken(base, newKey(OPERATOR, "admin")).with("X-Forwarded-For", "203.0.113.9");
    Person monitor = elsewhere.with("Authorization", "Bearer " + MONITOR);
    for (Person known : List.of(here, operator, monitor)) {
      assertThat(known.get("/health/ready").body()).contains("\"node\"", "looked at");
    }
    assertThat(as(OWNER).with("X-Forwarded-For", "203.0.113.9").get("/health/ready").body())
        .doesNotContain("\"node\"");
  }

  @Test
  void anotherHostsPageChangesNothing() throws Exception {
    Person user = newUser("csrf@maquette.example");
    String task = create(user, "not to be touched");
    for (Person tricked :
        List.of(
            user.with("Origin", "http://evil.example"),
            user.with("Origin", "null"),
            user.with("Origin", "https://evil.example").with("X-Forwarded-Host", "nas"),
            user.with("Origin", "http://nas:8080").with("X-Forwarded-Host", "nas"),
            user.with("Sec-Fetch-Site", "cross-site"),
            user.with("Sec-Fetch-Site", "same-site"))) {
      assertThat(tricked.call("DELETE", "/api/tasks/" + task, null).status()).isEqualTo(403);
      assertThat(tricked.get("/api/tasks/" + task).status()).isEqualTo(200);
    }
    assertThat(
            user.with("Origin", "http://nas:8080")
                .call("DELETE", "/api/tasks/" + task + "?lang=en", null)
                .body())
        .contains("a page of http://nas:8080", "Host: 127.0.0.1", "X-Forwarded-Host");
    for (Person proxied :
        List.of(
            user.with("Origin", "http://nas:8080").with("X-Forwarded-Host", "nas:8080"),
            user.with("Origin", "https://nas").with("X-Forwarded-Host", "nas:443"),
            user.with("Origin", "https://nas").with("Forwarded", "for=192.0.2.1;host=nas"))) {
      assertThat(proxied.call("POST", "/api/tasks", "{\"prompt\":\"proxied\"}").status())
          .isEqualTo(201);
    }
    String cookie = Person.cookieOf(Person.signIn(base, operatorEmail, operatorPassword));
    Person withoutHeader = Person.anonymous(base).with("Cookie", "maquette-session=" + cookie);
    assertThat(withoutHeader.get("/api/tasks").status()).isEqualTo(200);
    assertThat(withoutHeader.call("POST", "/api/tasks", "{\"prompt\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(
            user.with("Sec-Fetch-Site", "same-origin")
                .call("DELETE", "/api/tasks/" + task, null)
                .status())
        .isEqualTo(200);
  }

  @Test
  void aChangedPasswordIsTheOnlyOneFromThenOn() throws Exception {
    String given = newPassword("changes@maquette.example");
    Person here = Person.signedIn(base, "changes@maquette.example", given);
    Person there = Person.signedIn(base, "changes@maquette.example", given);
    Answer refused =
        here.call(
            "PUT", "/api/account/password", "{\"present\":\"" + given + "\",\"next\":\"short\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"field\":\"next\"").doesNotContain("short", given);
    assertThat(
            here.call(
                    "PUT",
                    "/api/account/password",
                    "{\"present\":\"" + given + "\",\"next\":\"a better pass phrase\"}")
                .status())
        .isEqualTo(200);
    assertThat(here.get("/api/tasks").status()).isEqualTo(200);
    assertThat(there.get("/api/tasks").status()).isEqualTo(401);
    assertThat(Person.signIn(base, "changes@maquette.example", given).status()).isEqualTo(401);
    assertThat(Person.signIn(base, "changes@maquette.example", "a better pass phrase").status())
        .isEqualTo(200);
    assertThat(server.log()).doesNotContain(given, "a better pass phrase");
  }

  // Keys, tokens, quotas, audit

  @Test
  void aKeyMayWhatItsScopesSay() throws Exception {
    Person reading = Person.withToken(base, newKey(OPERATOR, "read"));
    Person writing = Person.withToken(base, newKey(OPERATOR, "read write"));
    Person administering = Person.withToken(base, newKey(OPERATOR, "admin"));
    assertThat(reading.get("/api/tasks").status()).isEqualTo(200);
    assertThat(reading.call("POST", "/api/tasks", "{\"prompt\":\"x\"}").status()).isEqualTo(403);
    assertThat(reading.get("/api/admin/users").status()).isEqualTo(403);
    assertThat(writing.call("POST", "/api/tasks", "{\"prompt\":\"x\"}").status()).isEqualTo(201);
    assertThat(writing.get("/api/admin/users").status()).isEqualTo(403);
    assertThat(administering.get("/api/admin/users").status()).isEqualTo(200);
    assertThat(administering.get("/api/tasks").status()).isEqualTo(403);
    for (Person key : List.of(reading, writing, administering)) {
      assertThat(key.get("/api/keys").status()).as("keys do not look after keys").isEqualTo(403);
    }
    Person user = newUser("scopes@maquette.example");
    assertThat(user.call("POST", "/api/keys", "{\"name\":\"k\",\"scope\":\"read admin\"}").status())
        .as("no operator")
        .isEqualTo(400);
  }

  @Test
  void whoIsShutOutIsShutOutOfStreamsSoonAfter() throws Exception {
    String token = newKey(OPERATOR, "read");
    String id = keyIds(OPERATOR).get(0);
    HttpRequest stream =
        HttpRequest.newBuilder(base.resolve("/api/tasks/stream"))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpClient http = HttpClient.newHttpClient();
    try (InputStream events = http.send(stream, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      assertThat(new String(events.readNBytes(20), StandardCharsets.UTF_8)).contains("event:");
      as(OPERATOR).call("DELETE", "/api/keys/" + id, null);
      CompletableFuture<byte[]> rest =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return events.readAllBytes();
                } catch (IOException e) {
                  return new byte[0]; // ended all the same
                }
              });
      assertThat(rest).succeedsWithin(Duration.ofMinutes(1)); // its lifetime, and a heartbeat
    }
    assertThat(http.send(stream, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void tokensOfTheIssuerAreGoodAndNoOthers() throws Exception {
    Person outsider = Person.withToken(base, issuer.token("outsider"));
    String task = create(outsider, "from outside");
    assertThat(outsider.get("/api/tasks/" + task).status()).isEqualTo(200);
    assertThat(outsider.get("/api/admin/users").status()).isEqualTo(403);
    Person another = Person.withToken(base, issuer.token("another"));
    assertThat(another.get("/api/tasks/" + task).status()).isEqualTo(404);
    Person operator = Person.withToken(base, issuer.token("boss", "operator"));
    assertThat(operator.get("/api/admin/users").status()).isEqualTo(200);
    Person onlyGroup = Person.withToken(base, issuer.tokenWith("chief", "groups", "/operator"));
    assertThat(onlyGroup.get("/api/admin/users").status()).isEqualTo(200);
    Person mixed = Person.withToken(base, issuer.tokenWith("mixed", "groups", List.of(7, "staff")));
    assertThat(mixed.get("/api/tasks").status()).isEqualTo(200);
    assertThat(mixed.get("/api/admin/users").status()).isEqualTo(403);
    for (Map.Entry<String, String> bad : issuer.badTokens("outsider").entrySet()) {
      assertThat(Person.withToken(base, bad.getValue()).get("/api/tasks").status())
          .as(bad.getKey())
          .isEqualTo(401);
    }
    JsonObject account =
        operator.get("/api/admin/users?q=%7Coutsider").json().getJsonArray("data").getJsonObject(0);
    assertThat(account.getString("name")).isEqualTo(TokenIssuer.NAME + "|outsider");
    assertThat(
            operator
                .call(
                    "POST",
                    "/api/admin/users/" + account.getString("id") + "/disable",
                    "{\"reason\":\"a test\"}")
                .status())
        .isEqualTo(200);
    assertThat(outsider.get("/api/tasks").status()).isEqualTo(401);
  }

  @Test
  void aUsersDayHasItsLimit() throws Exception {
    Answer created =
        as(OPERATOR)
            .call(
                "POST",
                "/api/admin/users",
                "{\"email\":\"limited@maquette.example\",\"role\":\"USER\",\"reason\":\"a test\"}");
    String id = created.data().getJsonObject("user").getString("id");
    as(OPERATOR)
        .call("PUT", "/api/admin/users/" + id + "/limits", "{\"daily\":1,\"reason\":\"a test\"}");
    Person user =
        Person.signedIn(base, "limited@maquette.example", created.data().getString("password"));
    create(user, "the first");
    Answer refused = user.call("POST", "/api/tasks", "{\"prompt\":\"the second\"}");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("RATE_LIMITED");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 86_401);
    JsonObject entry =
        as(OPERATOR)
            .get("/api/admin/audit?subject=account:" + id)
            .json()
            .getJsonArray("data")
            .getJsonObject(0);
    assertThat(entry.getString("operator")).isEqualTo(operatorEmail);
    assertThat(entry.getString("action")).isEqualTo("CHANGE_LIMITS");
    assertThat(entry.getString("reason")).isEqualTo("a test");
    assertThat(entry.getString("address")).isEqualTo("127.0.0.1");
    assertThat(entry.getJsonObject("before").isNull("dailyLimit")).isTrue();
    assertThat(entry.getJsonObject("after").getInt("dailyLimit")).isEqualTo(1);
  }

  @Test
  void whateverAnOperatorDoesWantsAReason() throws Exception {
    for (String reason :
        List.of("", ",\"reason\":\" \"", ",\"reason\":\"" + "x".repeat(501) + "\"")) {
      Answer refused =
          as(OPERATOR)
              .call(
                  "POST",
                  "/api/admin/users",
                  "{\"email\":\"unwanted@maquette.example\",\"role\":\"USER\"" + reason + "}");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("\"field\":\"reason\"");
    }
    assertThat(as(OPERATOR).get("/api/admin/users?q=unwanted").json().getInt("count")).isZero();
  }
}
