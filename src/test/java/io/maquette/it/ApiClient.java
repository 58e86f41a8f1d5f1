package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A client of the REST API that knows nothing but its address. */
final class ApiClient {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI base;

  ApiClient(URI base) {
    this.base = base;
  }

  private URI to(String path) {
    return URI.create(base.toString().replaceAll("/$", "") + path);
  }

  private JsonObject send(String method, String path, String body, int expected)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to(path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode())
        .as("%s %s: %s", method, path, response.body())
        .isEqualTo(expected);
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }

  /** Creates a task and returns its id. */
  String create(String prompt) throws IOException, InterruptedException {
    String body = Json.createObjectBuilder().add("prompt", prompt).build().toString();
    return send("POST", "/api/tasks", body, 201).getJsonObject("data").getString("id");
  }

  JsonObject get(String id) throws IOException, InterruptedException {
    return send("GET", "/api/tasks/" + id, null, 200).getJsonObject("data");
  }

  JsonObject list(String query) throws IOException, InterruptedException {
    return send("GET", "/api/tasks?" + query, null, 200);
  }

  void edit(String id, int index, String instruction) throws IOException, InterruptedException {
    send(
        "POST",
        "/api/tasks/" + id + "/edit",
        "{\"imageIndex\":" + index + ",\"instruction\":\"" + instruction + "\"}",
        200);
  }

  void select(String id, int index) throws IOException, InterruptedException {
    send("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":" + index + "}", 200);
  }

  void cancel(String id) throws IOException, InterruptedException {
    send("POST", "/api/tasks/" + id + "/cancel", null, 200);
  }

  void delete(String id) throws IOException, InterruptedException {
    send("DELETE", "/api/tasks/" + id, null, 200);
  }

  /** What the workers of the node that answers are doing, and which nodes there are. */
  JsonObject workers() throws IOException, InterruptedException {
    return send("GET", "/api/workers/status", null, 200).getJsonObject("data");
  }

  JsonArray events(String id) throws IOException, InterruptedException {
    return send("GET", "/api/tasks/" + id + "/events?limit=100", null, 200).getJsonArray("data");
  }

  byte[] bytes(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(to(path)).timeout(Duration.ofSeconds(60)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }

  /** Waits until the task is as wished and returns it. */
  JsonObject await(String id, Duration patience, Predicate<JsonObject> wish) {
    JsonObject[] last = new JsonObject[1];
    Awaitility.await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              last[0] = get(id);
              return wish.test(last[0]);
            });
    return last[0];
  }

  JsonObject awaitStatus(String id, String status) {
    return await(id, Duration.ofMinutes(2), task -> task.getString("status").equals(status));
  }

  static boolean hasJob(JsonObject task) {
    return task.get("model").getValueType() == JsonValue.ValueType.OBJECT
        && task.getJsonObject("model").get("apiTaskId").getValueType()
            == JsonValue.ValueType.STRING;
  }
}
