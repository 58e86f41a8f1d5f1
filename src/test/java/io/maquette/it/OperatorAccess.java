package io.maquette.it;

import static io.maquette.it.AccessMatrix.Caller.OPERATOR;
import static io.maquette.it.AccessMatrix.WHY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.admin.SettingsInForce;
import io.maquette.it.Person.Answer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of the rights of operators. */
interface OperatorAccess extends AccessCalls {

  @Test
  default void every_page_of_the_console_is_served() throws Exception {
    Person operator = Person.signedIn(base(), operatorEmail(), operatorPassword());
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
    assertThat(operator.get("/console/users.xhtml").body()).contains(operatorEmail());
    // a link from elsewhere presses no button
    assertThat(operator.get("/console/tasks.xhtml?jakarta.faces.ViewState=stateless").status())
        .isEqualTo(403);
    assertThat(operator.get("/jakarta.faces.resource/core.js.xhtml?ln=primefaces").status())
        .isEqualTo(200);
  }

  private void assertDone(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  default void an_operator_pauses_a_provider_and_follows_a_users_task() throws Exception {
    Person operator = Person.signedIn(base(), operatorEmail(), operatorPassword());
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
          .isEqualTo("local is PAUSED, by " + operatorEmail() + ": the matrix");
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
      assertThat(kept.getString("operator")).as(subject).isEqualTo(operatorEmail());
      assertThat(kept.getString("reason")).isEqualTo("the matrix");
    }
  }

  @Test
  default void a_user_has_a_daily_limit() throws Exception {
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
        Person.signedIn(base(), "limited@maquette.example", created.data().getString("password"));
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
    assertThat(entry.getString("operator")).isEqualTo(operatorEmail());
    assertThat(entry.getString("action")).isEqualTo("CHANGE_LIMITS");
    assertThat(entry.getString("reason")).isEqualTo("a test");
    assertThat(entry.getString("address")).isEqualTo("127.0.0.1");
    assertThat(entry.getJsonObject("before").isNull("dailyLimit")).isTrue();
    assertThat(entry.getJsonObject("after").getInt("dailyLimit")).isEqualTo(1);
  }

  @Test
  default void every_operator_action_needs_a_reason() throws Exception {
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
