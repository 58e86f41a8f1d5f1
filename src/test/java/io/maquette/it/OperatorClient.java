package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.Person.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** An operator who calls the API with a key, made once with the password in a server's log. */
final class OperatorClient {

  private static final Pattern FIRST =
      Pattern.compile("The first operator signs in as (\\S+) with the password (\\S+)");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI base;
  private final String key;

  OperatorClient(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  /** Signs in as the first operator and makes a key. */
  static String keyOf(URI base, String log) throws IOException, InterruptedException {
    Matcher first = FIRST.matcher(log);
    assertThat(first.find()).as("the first operator is told in the log").isTrue();
    Answer key =
        Person.signedIn(base, first.group(1), first.group(2))
            .call("POST", "/api/keys", "{\"name\":\"jobs\",\"scope\":\"read write admin\"}");
    assertThat(key.status()).as(key.body()).isEqualTo(201);
    return key.data().getString("token");
  }

  private static JsonObject parse(String body) {
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }

  /** Sends a body and says how it was answered. */
  HttpResponse<String> send(String path, String type, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(base.resolve("/api/admin/batch/" + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Starts a job and returns its run. */
  long start(String path, String type, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(path, type, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return parse(answer.body()).getJsonObject("data").getJsonNumber("id").longValue();
  }

  long start(String path, String body) throws IOException, InterruptedException {
    return start(path, "application/json", body);
  }

  JsonObject restart(long run) throws IOException, InterruptedException {
    return act(run, "restart");
  }

  JsonObject stop(long run) throws IOException, InterruptedException {
    return act(run, "stop");
  }

  private JsonObject act(long run, String what) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send("runs/" + run + "/" + what, "application/json", "{\"reason\":\"test\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return parse(answer.body()).getJsonObject("data");
  }

  String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(base.resolve("/api/admin/batch/" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  JsonObject run(long run) throws IOException, InterruptedException {
    return parse(get("runs/" + run)).getJsonObject("data");
  }

  /** Waits until a run is as wished and returns it. */
  JsonObject await(long run, Predicate<JsonObject> wish) {
    JsonObject[] last = new JsonObject[1];
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              last[0] = run(run);
              return wish.test(last[0]);
            });
    return last[0];
  }

  /** Waits until a run has ended and returns it. */
  JsonObject awaitEnd(long run) {
    return await(run, state -> !state.isNull("endedAt"));
  }
}
