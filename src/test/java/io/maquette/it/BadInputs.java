package io.maquette.it;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Requests of the REST API that are refused, with the answer. */
final class BadInputs {

  private BadInputs() {}

  record Bad(String name, int status, String code, String field, Sent sent) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Sent {
    HttpRequest.Builder on(ApiCalls api, String id);
  }

  private static Bad badBody(String name, String method, String path, String body, String field) {
    return new Bad(
        name,
        400,
        "VALIDATION_ERROR",
        field,
        (api, id) ->
            api.to(path.replace("{id}", id))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
  }

  private static Bad badPrompt(String body, String field) {
    String shown = body.length() > 60 ? body.substring(0, 60) + "…" : body;
    return badBody("create " + shown.replaceAll("\\p{C}", "?"), "POST", "/api/tasks", body, field);
  }

  private static Bad badSelect(String body, String field) {
    String shown = body.length() > 60 ? body.substring(0, 60) + "…" : body;
    return badBody("select " + shown, "PATCH", "/api/tasks/{id}", body, field);
  }

  private static Bad badRetry(String body, String field) {
    return badBody("retry " + body, "POST", "/api/tasks/{id}/retry", body, field);
  }

  private static Bad badQuery(String query, String field) {
    return new Bad(
        query, 400, "VALIDATION_ERROR", field, (api, id) -> api.to(query.replace("{id}", id)));
  }

  private static Bad absent(String method, String path) {
    return new Bad(
        method + " " + path,
        404,
        "NOT_FOUND",
        null,
        (api, id) ->
            api.to(path.replace("{id}", id))
                .header("Content-Type", "application/json")
                .method(
                    method,
                    method.equals("PATCH")
                        ? BodyPublishers.ofString("{\"selectedImageIndex\":0}")
                        : BodyPublishers.noBody()));
  }

  private static Bad odd(String method, String path, int status, String code) {
    return new Bad(
        method + " " + path,
        status,
        code,
        null,
        (api, id) -> api.to(path.replace("{id}", id)).method(method, BodyPublishers.noBody()));
  }

  private static Bad typed(String name, int status, String code, String type, BodyPublisher body) {
    return new Bad(
        name,
        status,
        code,
        null,
        (api, id) -> {
          HttpRequest.Builder request = api.to("/api/tasks").POST(body);
          return type == null ? request : request.header("Content-Type", type);
        });
  }

  static Stream<Bad> all() {
    List<Bad> all = new ArrayList<>();
    for (String body :
        List.of(
            "{}",
            "{\"prompt\":null}",
            "{\"prompt\":\"\"}",
            "{\"prompt\":\"   \"}",
            "{\"prompt\":\"\\n\\t\"}",
            "{\"prompt\":\"\\u00a0\\u3000\"}",
            "{\"prompt\":\"\\u200b\\u202e\"}",
            "{\"prompt\":\"a\\u0000b\"}",
            "{\"prompt\":\"two\\nlines\"}",
            "{\"prompt\":\"\\ud83d alone\"}",
            "{\"prompt\":\"" + "a".repeat(501) + "\"}",
            "{\"prompt\":\"" + "🐱".repeat(501) + "\"}",
            "{\"prompt\":5}",
            "{\"prompt\":true}",
            "{\"prompt\":[\"a\"]}",
            "{\"prompt\":{\"text\":\"a\"}}")) {
      all.add(badPrompt(body, "prompt"));
    }
    all.add(badPrompt("{\"prompt\":\"a\",\"status\":\"MODEL_COMPLETED\"}", "status"));
    all.add(badPrompt("{\"prompt\":\"a\",\"owner\":\"root\"}", "owner"));
    all.add(badPrompt("{\"Prompt\":\"a\"}", "Prompt"));
    all.add(badPrompt("{\"prompt\":\"a\",\"prompt\":\"b\"}", "prompt"));
    for (String body :
        List.of(
            "",
            " ",
            "null",
            "[]",
            "\"a\"",
            "5",
            "{",
            "{\"prompt\":\"a\"",
            "{\"prompt\":\"a\"}}",
            "{\"prompt\":\"a\"} x",
            "{'prompt':'a'}",
            "{prompt:\"a\"}",
            "{\"prompt\":\"a\",}",
            "<task/>",
            "[".repeat(30_000),
            "{\"a\":".repeat(9_000))) {
      all.add(badPrompt(body, "body"));
    }
    for (String body :
        List.of(
            "{}",
            "{\"selectedImageIndex\":null}",
            "{\"selectedImageIndex\":-1}",
            "{\"selectedImageIndex\":4}",
            "{\"selectedImageIndex\":99999999999999}",
            "{\"selectedImageIndex\":1.5}",
            "{\"selectedImageIndex\":1e0}",
            "{\"selectedImageIndex\":1e999999999}",
            "{\"selectedImageIndex\":" + "1".repeat(3000) + "}",
            "{\"selectedImageIndex\":\"1\"}",
            "{\"selectedImageIndex\":true}",
            "{\"selectedImageIndex\":[1]}")) {
      all.add(badSelect(body, "selectedImageIndex"));
    }
    all.add(badSelect("{\"selectedImageIndex\":1,\"status\":\"MODEL_PENDING\"}", "status"));
    all.add(badSelect("{\"status\":\"MODEL_COMPLETED\"}", "status"));
    all.add(badSelect("{\"prompt\":\"new\"}", "prompt"));
    for (String body :
        List.of(
            "{}",
            "{\"type\":null}",
            "{\"type\":\"\"}",
            "{\"type\":\"Images\"}",
            "{\"type\":\"both\"}",
            "{\"type\":1}")) {
      all.add(badRetry(body, "type"));
    }
    for (String limit : List.of("0", "-1", "101", "1000", "ten", "1.5", "", "1e1", "%20")) {
      all.add(badQuery("/api/tasks?limit=" + limit, "limit"));
    }
    all.add(badQuery("/api/tasks/{id}/events?limit=0", "limit"));
    for (String status : List.of("", "DONE", "image_pending", "IMAGE_PENDING,", "PENDING")) {
      all.add(badQuery("/api/tasks?status=" + status, "status"));
    }
    for (String cursor :
        List.of(
            "",
            "x",
            "%00",
            "AAAA",
            "Zm9v",
            "LTEvMQ",
            "a".repeat(300),
            "MS8xLTEtMS0xLXo",
            "MS8xLTEtMS0xLTE")) {
      all.add(badQuery("/api/tasks?cursor=" + cursor, "cursor"));
    }
    all.add(badQuery("/api/tasks/{id}/events?cursor=-1", "cursor"));
    all.add(badQuery("/api/tasks/{id}/events?cursor=x", "cursor"));
    all.add(badQuery("/api/tasks?q=", "q"));
    all.add(badQuery("/api/tasks?q=" + "a".repeat(101), "q"));
    all.add(badQuery("/api/tasks?q=%00", "q"));
    all.add(badQuery("/api/tasks/{id}/model?format=exe", "format"));
    all.add(badQuery("/api/tasks/{id}/model?format=", "format"));
    for (String key : List.of("", "a b", "k".repeat(256))) {
      all.add(
          new Bad(
              "Idempotency-Key of " + key.length(),
              400,
              "VALIDATION_ERROR",
              "Idempotency-Key",
              (api, id) ->
                  api.to("/api/tasks")
                      .header("Content-Type", "application/json")
                      .header("Idempotency-Key", key)
                      .POST(BodyPublishers.ofString(ApiCalls.prompt("a")))));
    }
    for (String path :
        List.of(
            "/api/tasks/" + ApiCalls.NOWHERE,
            "/api/tasks/1",
            "/api/tasks/1-1-1-1-1",
            "/api/tasks/" + ApiCalls.NOWHERE.replace('0', 'A'),
            "/api/tasks/%2e%2e%2fetc",
            "/api/tasks/..%2f..%2fWEB-INF%2fweb.xml",
            "/api/tasks/{id}/images/..%2f0",
            "/api/tasks/%3Cscript%3E",
            "/api/tasks/" + ApiCalls.NOWHERE + "/events",
            "/api/tasks/" + ApiCalls.NOWHERE + "/model",
            "/api/tasks/" + ApiCalls.NOWHERE + "/images/0",
            "/api/tasks/{id}/images/4",
            "/api/tasks/{id}/images/-1",
            "/api/tasks/{id}/images/x",
            "/api/tasks/{id}/images/00",
            "/api/tasks/{id}/model",
            "/api/tasks/{id}/nothing",
            "/api/nothing",
            "/nothing.html")) {
      all.add(absent("GET", path));
    }
    all.add(absent("PATCH", "/api/tasks/" + ApiCalls.NOWHERE));
    all.add(absent("DELETE", "/api/tasks/" + ApiCalls.NOWHERE));
    all.add(absent("POST", "/api/tasks/" + ApiCalls.NOWHERE + "/cancel"));
    all.add(odd("PUT", "/api/tasks/{id}", 405, "METHOD_NOT_ALLOWED"));
    all.add(odd("PATCH", "/api/tasks/stream", 405, "METHOD_NOT_ALLOWED"));
    all.add(odd("DELETE", "/api/tasks", 405, "METHOD_NOT_ALLOWED"));
    all.add(odd("GET", "/api/tasks/{id}/cancel", 405, "METHOD_NOT_ALLOWED"));
    all.add(odd("POST", "/api/tasks/{id}/cancel", 409, "INVALID_STATE"));
    all.add(
        typed(
            "no type",
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            null,
            BodyPublishers.ofString(ApiCalls.prompt("a"))));
    all.add(
        typed(
            "a form",
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "application/x-www-form-urlencoded",
            BodyPublishers.ofString("prompt=a")));
    all.add(
        typed(
            "plain text",
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "text/plain",
            BodyPublishers.ofString(ApiCalls.prompt("a"))));
    all.add(
        typed(
            "a large body",
            413,
            "PAYLOAD_TOO_LARGE",
            "application/json",
            BodyPublishers.ofString(ApiCalls.prompt("a".repeat(70_000)))));
    all.add(
        typed(
            "a large body of unknown length",
            413,
            "PAYLOAD_TOO_LARGE",
            "application/json",
            BodyPublishers.ofInputStream(
                () ->
                    new ByteArrayInputStream(
                        ApiCalls.prompt("a".repeat(70_000)).getBytes(StandardCharsets.UTF_8)))));
    all.add(
        typed(
            "not UTF-8",
            400,
            "VALIDATION_ERROR",
            "application/json",
            BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'})));
    all.add(
        new Bad(
            "wants XML",
            406,
            "NOT_ACCEPTABLE",
            null,
            (api, id) -> api.to("/api/tasks/" + id).header("Accept", "application/xml")));
    all.add(
        new Bad(
            "wants problems",
            406,
            "NOT_ACCEPTABLE",
            null,
            (api, id) -> api.to("/api/tasks/" + id).header("Accept", "application/problem+json")));
    all.add(
        new Bad(
            "a range outside",
            416,
            "RANGE_NOT_SATISFIABLE",
            null,
            (api, id) ->
                api.to("/api/tasks/" + id + "/images/0").header("Range", "bytes=99999999-")));
    all.add(
        new Bad(
            "a range far outside",
            416,
            "RANGE_NOT_SATISFIABLE",
            null,
            (api, id) ->
                api.to("/api/tasks/" + id + "/images/0")
                    .header("Range", "bytes=" + "9".repeat(100) + "-")));
    return all.stream();
  }
}
