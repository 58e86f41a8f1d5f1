package io.maquette.it;

import static io.maquette.it.AccessMatrix.Caller.ANONYMOUS;
import static io.maquette.it.AccessMatrix.Caller.FORGED_COOKIE;
import static io.maquette.it.AccessMatrix.Caller.FORGED_KEY;
import static io.maquette.it.AccessMatrix.Caller.FORGED_TOKEN;
import static io.maquette.it.AccessMatrix.Caller.OPERATOR;
import static io.maquette.it.AccessMatrix.Caller.OTHER;
import static io.maquette.it.AccessMatrix.Caller.OWNER;
import static io.maquette.it.AccessMatrix.Caller.REVOKED_KEY;
import static io.maquette.it.AccessMatrix.Kind.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.AccessMatrix.Caller;
import io.maquette.it.AccessMatrix.Route;
import io.maquette.it.Person.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Access of every caller to every route, socket and page. */
interface RouteAccess extends AccessCalls {

  Path PAGES = Path.of("src", "main", "webapp");

  /** Routes outside the API, and the pages, which contain no user's data. */
  Set<String> SOCKETS = Set.of("/ws/tasks", "/ws/tasks/{id}");

  private String completedTask(Person person) throws Exception {
    String id = create(person, "of the owner alone");
    awaitStatus(person, id, "IMAGE_COMPLETED");
    person.call("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":0}");
    awaitStatus(person, id, "MODEL_COMPLETED");
    return id;
  }

  @Test
  default void the_access_matrix_has_every_route() throws IOException {
    Set<String> code = new TreeSet<>();
    for (String path : Routes.paths()) {
      Routes.methods(path).forEach(method -> code.add(method + " " + path));
    }
    assertThat(AccessMatrix.ROUTES.stream().map(Route::toString).collect(Collectors.toList()))
        .as("every route has an access rule here")
        .containsExactlyInAnyOrderElementsOf(code);
    assertThat(SOCKETS).containsExactlyInAnyOrderElementsOf(Routes.sockets());
    assertThat(pages()).contains("/index.html", "/sign-in.html");
  }

  private List<String> pages() throws IOException {
    try (Stream<Path> files = Files.walk(PAGES)) {
      return files
          .map(file -> "/" + PAGES.relativize(file))
          .filter(file -> file.endsWith(".html") && !file.startsWith("/WEB-INF/"))
          .sorted()
          .toList();
    }
  }

  @Test
  default void every_route_answers_every_caller_by_their_rights() throws Exception {
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
    for (Route route : AccessMatrix.ROUTES) {
      String path =
          route
              .path()
              .replace("{index}", "0")
              .replace("{print}", "0")
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
    signInOperatorAgain();
    assertThat(wrong).isEmpty();
  }

  @Test
  default void sockets_send_to_the_owner_alone() throws Exception {
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
  default void pages_are_public_and_the_console_is_for_operators() throws Exception {
    Person operator = Person.signedIn(base(), operatorEmail(), operatorPassword());
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

  @Test
  default void a_remote_prometheus_reads_metrics_and_nothing_else() throws Exception {
    Person elsewhere = Person.anonymous(base()).with("X-Forwarded-For", "203.0.113.9");
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
  default void what_the_server_adds_tells_strangers_no_names() throws Exception {
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
    assertThat(server().log()).doesNotContain("microprofile-metrics-resource");
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
        Person.withToken(base(), newKey(OPERATOR, "admin")).with("X-Forwarded-For", "203.0.113.9");
    Person monitor = elsewhere.with("Authorization", "Bearer " + MONITOR);
    for (Person known : List.of(here, operator, monitor)) {
      assertThat(known.get("/health/ready").body()).contains("\"node\"", "looked at");
    }
    assertThat(as(OWNER).with("X-Forwarded-For", "203.0.113.9").get("/health/ready").body())
        .doesNotContain("\"node\"");
  }
}
