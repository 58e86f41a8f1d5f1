package io.maquette.it;

import static io.maquette.it.AccessMatrix.Caller.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** API keys and tokens of an external issuer. */
interface TokenAccess extends AccessCalls {

  @Test
  default void an_api_key_may_do_what_its_scopes_permit() throws Exception {
    Person reading = Person.withToken(base(), newKey(OPERATOR, "read"));
    Person writing = Person.withToken(base(), newKey(OPERATOR, "read write"));
    Person administering = Person.withToken(base(), newKey(OPERATOR, "admin"));
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
  default void a_disabled_users_streams_end_soon() throws Exception {
    String token = newKey(OPERATOR, "read");
    String id = keyIds(OPERATOR).get(0);
    HttpRequest stream =
        HttpRequest.newBuilder(base().resolve("/api/tasks/stream"))
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
  default void only_tokens_of_the_issuer_are_accepted() throws Exception {
    Person outsider = Person.withToken(base(), issuer().token("outsider"));
    String task = create(outsider, "from outside");
    assertThat(outsider.get("/api/tasks/" + task).status()).isEqualTo(200);
    assertThat(outsider.get("/api/admin/users").status()).isEqualTo(403);
    Person another = Person.withToken(base(), issuer().token("another"));
    assertThat(another.get("/api/tasks/" + task).status()).isEqualTo(404);
    Person operator = Person.withToken(base(), issuer().token("boss", "operator"));
    assertThat(operator.get("/api/admin/users").status()).isEqualTo(200);
    Person onlyGroup = Person.withToken(base(), issuer().tokenWith("chief", "groups", "/operator"));
    assertThat(onlyGroup.get("/api/admin/users").status()).isEqualTo(200);
    Person mixed =
        Person.withToken(base(), issuer().tokenWith("mixed", "groups", List.of(7, "staff")));
    assertThat(mixed.get("/api/tasks").status()).isEqualTo(200);
    assertThat(mixed.get("/api/admin/users").status()).isEqualTo(403);
    for (Map.Entry<String, String> bad : issuer().badTokens("outsider").entrySet()) {
      assertThat(Person.withToken(base(), bad.getValue()).get("/api/tasks").status())
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
}
