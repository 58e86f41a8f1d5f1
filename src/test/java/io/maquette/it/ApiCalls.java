package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of the REST API, for the interfaces that have its tests. */
interface ApiCalls {

  Duration PATIENCE = Duration.ofMinutes(1);

  String NOWHERE = "00000000-0000-4000-8000-000000000000";

  HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** The address of the context root. */
  URI base();

  default HttpRequest.Builder to(String path) {
    String root = base().toString().replaceAll("/$", "");
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofMinutes(1));
  }

  default HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  default HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(to(path));
  }

  default HttpResponse<String> json(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  default JsonObject parse(HttpResponse<String> response) {
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }

  default JsonObject data(HttpResponse<String> response) {
    JsonObject body = parse(response);
    assertThat(body.getBoolean("success")).as(response.body()).isTrue();
    return body.getJsonObject("data");
  }

  static String prompt(String text) {
    return Json.createObjectBuilder().add("prompt", text).build().toString();
  }

  default JsonObject create(String text) throws IOException, InterruptedException {
    HttpResponse<String> response = json("POST", "/api/tasks", prompt(text));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return data(response);
  }

  default JsonObject reach(String id, String status) {
    JsonObject[] last = new JsonObject[1];
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              last[0] = data(get("/api/tasks/" + id));
              return last[0].getString("status").equals(status);
            });
    return last[0];
  }

  default JsonObject ready(String text) throws IOException, InterruptedException {
    return reach(create(text).getString("id"), "IMAGE_COMPLETED");
  }

  default JsonObject completed(String text) throws IOException, InterruptedException {
    String id = ready(text).getString("id");
    assertThat(json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":2}").statusCode())
        .isEqualTo(200);
    return reach(id, "MODEL_COMPLETED");
  }

  default HttpResponse<byte[]> bytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  default JsonObject assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .as(response.body())
        .startsWith("application/problem+json");
    JsonObject problem = parse(response);
    assertThat(problem.getBoolean("success")).isFalse();
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("error")).isNotBlank();
    assertThat(problem.get("details")).isNotNull();
    assertThat(response.body()).doesNotContain("io.maquette", "Exception", "\tat ");
    assertThat(problem.get("type").getValueType()).isEqualTo(JsonValue.ValueType.STRING);
    return problem;
  }
}
