package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Tests of HTTP in the REST API: validators, ranges, methods and errors. */
interface HttpApi extends ApiCalls {

  @Test
  default void an_unchanged_task_is_answered_with_304() throws Exception {
    JsonObject ready = ready("etag");
    assertThat(ready).containsKeys("queuePosition", "estimate");
    String id = ready.getString("id");
    HttpResponse<String> first = get("/api/tasks/" + id);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"[^\"]+\"");
    for (String known : List.of(tag, "\"other\", " + tag, "*")) {
      HttpResponse<String> again = send(to("/api/tasks/" + id).header("If-None-Match", known));
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
    json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":0}");
    assertThat(send(to("/api/tasks/" + id).header("If-None-Match", tag)).statusCode())
        .isEqualTo(200);
  }

  @Test
  default void a_thumbnail_is_small_and_cached() throws Exception {
    JsonObject task = completed("thumbnails");
    String path = task.getJsonArray("images").getJsonObject(0).getString("url");
    HttpResponse<byte[]> small = bytes(to(path + "&size=320"));
    assertThat(small.statusCode()).isEqualTo(200);
    assertThat(small.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(small.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(small.body()));
    assertThat(Math.max(picture.getWidth(), picture.getHeight())).isEqualTo(320);

    HttpResponse<byte[]> whole = bytes(to(path));
    assertThat(small.body().length).isLessThan(whole.body().length);
    String tag = small.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).isNotEqualTo(whole.headers().firstValue("ETag").orElseThrow());
    assertThat(bytes(to(path + "&size=320").header("If-None-Match", tag)).statusCode())
        .isEqualTo(304);

    HttpResponse<String> refused = get(path + "&size=999");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"size\"");
  }

  @Test
  default void a_file_is_sent_whole_or_as_a_range() throws Exception {
    JsonObject task = completed("ranges");
    for (String path :
        List.of(
            task.getJsonObject("model").getString("modelUrl"),
            task.getJsonArray("images").getJsonObject(3).getString("url"))) {
      HttpResponse<byte[]> whole = bytes(to(path));
      byte[] content = whole.body();
      String tag = whole.headers().firstValue("ETag").orElseThrow();
      assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
      assertThat(whole.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
      assertThat(bytes(to(path.replaceAll("[?&]v=.*", ""))).headers().firstValue("Cache-Control"))
          .contains("private, no-cache");

      HttpResponse<byte[]> middle = bytes(to(path).header("Range", "bytes=10-19"));
      assertThat(middle.statusCode()).isEqualTo(206);
      assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(content, 10, 20));
      assertThat(middle.headers().firstValue("Content-Range"))
          .contains("bytes 10-19/" + content.length);
      HttpResponse<byte[]> end = bytes(to(path).header("Range", "bytes=-7"));
      assertThat(end.body())
          .isEqualTo(Arrays.copyOfRange(content, content.length - 7, content.length));
      HttpResponse<byte[]> rest = bytes(to(path).header("Range", "bytes=100-"));
      assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(content, 100, content.length));
      assertThat(bytes(to(path).header("Range", "bytes=0-1,5-6")).statusCode()).isEqualTo(200);
      assertThat(bytes(to(path).header("Range", "lines=1-2")).statusCode()).isEqualTo(200);
      HttpResponse<byte[]> beyond =
          bytes(to(path).header("Range", "bytes=" + content.length + "-"));
      assertThat(beyond.statusCode()).isEqualTo(416);
      assertThat(beyond.headers().firstValue("Content-Range"))
          .contains("bytes */" + content.length);
      assertThat(
              bytes(to(path).header("Range", "bytes=0-4").header("If-Range", "\"old\""))
                  .statusCode())
          .isEqualTo(200);
      assertThat(bytes(to(path).header("Range", "bytes=0-4").header("If-Range", tag)).statusCode())
          .isEqualTo(206);
      assertThat(bytes(to(path).header("If-None-Match", tag)).statusCode()).isEqualTo(304);
      HttpResponse<byte[]> head = bytes(to(path).method("HEAD", BodyPublishers.noBody()));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(content.length);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("ETag")).contains(tag);
      assertThat(head.headers().firstValue("Content-Type"))
          .isEqualTo(whole.headers().firstValue("Content-Type"));
      HttpResponse<byte[]> headOfPart =
          bytes(to(path).method("HEAD", BodyPublishers.noBody()).header("Range", "bytes=0-4"));
      assertThat(headOfPart.statusCode()).as("ranges are for GET alone").isEqualTo(200);
      for (HttpResponse<byte[]> answer : List.of(whole, middle, head, beyond)) {
        assertThat(answer.headers().allValues("Cache-Control")).hasSize(1);
      }
      assertThat(beyond.headers().firstValue("Content-Disposition")).isEmpty();
    }
  }

  @Test
  default void head_has_the_same_headers_as_an_error() throws Exception {
    for (String path : List.of("/api/tasks/" + NOWHERE, "/api/nothing", "/nothing.html")) {
      HttpResponse<String> head = send(to(path).method("HEAD", BodyPublishers.noBody()));
      assertThat(head.statusCode()).as(path).isEqualTo(404);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Type").orElse(""))
          .as(path)
          .startsWith("application/problem+json");
      assertThat(head.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  default void an_unsupported_method_is_answered_with_the_supported_ones() throws Exception {
    for (String path : List.of("/api/tasks", "/index.html")) {
      HttpResponse<String> answer = send(to(path).method("FOO", BodyPublishers.noBody()));
      assertProblem(answer, 405, "METHOD_NOT_ALLOWED");
      assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET");
    }
  }

  @Test
  default void the_response_to_a_malformed_request_is_no_longer_than_the_request()
      throws Exception {
    StringBuilder many = new StringBuilder("{\"prompt\":\"a\"");
    for (int i = 0; i < 5000; i++) {
      many.append(",\"f").append(i).append("\":1");
    }
    for (String body : List.of(many + "}", "{\"" + "x".repeat(60_000) + "\":1}")) {
      HttpResponse<String> answer = json("POST", "/api/tasks", body);
      assertProblem(answer, 400, "VALIDATION_ERROR");
      assertThat(answer.body()).hasSizeLessThan(5000);
    }
  }
}
