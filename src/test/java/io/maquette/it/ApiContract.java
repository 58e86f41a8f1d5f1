package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maquette.http.ProblemCode;
import io.maquette.mesh.GlbSurface;
import io.maquette.monitoring.MetricDefinition;
import io.maquette.picture.OddPictures;
import io.maquette.picture.OddPictures.Odd;
import io.maquette.picture.PictureAssert;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may rely on, whatever server the API runs in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("fault")
abstract class ApiContract {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Where the server tells its health; empty if that is at its root, too. */
  private static final String HEALTH = System.getProperty("it.health", "");

  private static final String NOWHERE = "00000000-0000-4000-8000-000000000000";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /** The address of the context root. */
  abstract URI base();

  // Sending

  private HttpRequest.Builder to(String path) {
    String root = base().toString().replaceAll("/$", "");
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofMinutes(1));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The server's own addresses stand at its root, whatever the context root is. */
  private HttpResponse<String> getFromServer(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(base().resolve(path)).timeout(Duration.ofMinutes(1)));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(to(path));
  }

  private HttpResponse<String> json(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  private static JsonObject parse(HttpResponse<String> response) {
    try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
      return reader.readObject();
    }
  }

  private static JsonObject data(HttpResponse<String> response) {
    JsonObject body = parse(response);
    assertThat(body.getBoolean("success")).as(response.body()).isTrue();
    return body.getJsonObject("data");
  }

  private static String prompt(String text) {
    return Json.createObjectBuilder().add("prompt", text).build().toString();
  }

  private JsonObject create(String text) throws IOException, InterruptedException {
    HttpResponse<String> response = json("POST", "/api/tasks", prompt(text));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return data(response);
  }

  private JsonObject reach(String id, String status) {
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

  private JsonObject ready(String text) throws IOException, InterruptedException {
    return reach(create(text).getString("id"), "IMAGE_COMPLETED");
  }

  private JsonObject completed(String text) throws IOException, InterruptedException {
    String id = ready(text).getString("id");
    assertThat(json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":2}").statusCode())
        .isEqualTo(200);
    return reach(id, "MODEL_COMPLETED");
  }

  private static Set<String> actions(JsonObject task) {
    Set<String> actions = new HashSet<>();
    task.getJsonArray("allowedActions")
        .getValuesAs(jakarta.json.JsonString.class)
        .forEach(action -> actions.add(action.getString()));
    return actions;
  }

  // The way from a sentence to a file

  @Test
  void aSentenceBecomesAClosedModelThatOthersCanRead() throws Exception {
    HttpResponse<String> created = json("POST", "/api/tasks", prompt("  一只可爱的小猫  "));
    assertThat(created.statusCode()).isEqualTo(201);
    JsonObject task = data(created);
    String id = task.getString("id");
    assertThat(created.headers().firstValue("Location").orElseThrow()).endsWith("/api/tasks/" + id);
    assertThat(task.getString("status")).isEqualTo("IMAGE_PENDING");
    assertThat(task.getString("prompt")).isEqualTo("一只可爱的小猫");
    assertThat(task.getJsonArray("images")).isEmpty();
    assertThat(task.isNull("model")).isTrue();
    assertThat(actions(task)).containsExactlyInAnyOrder("CANCEL", "DELETE");
    assertThat(Instant.parse(task.getString("createdAt"))).isNotNull();

    JsonObject ready = reach(id, "IMAGE_COMPLETED");
    assertThat(ready.getJsonArray("images")).hasSize(4);
    HttpResponse<String> chosen = json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":1}");
    assertThat(parse(chosen).getString("message")).isEqualTo("3D模型生成已启动");
    assertThat(data(chosen).getString("status")).isEqualTo("MODEL_PENDING");
    assertThat(data(chosen).getJsonObject("model").getString("status")).isEqualTo("PENDING");

    JsonObject model = reach(id, "MODEL_COMPLETED").getJsonObject("model");
    assertThat(model.getString("name")).isEqualTo("一只可爱的小猫 - 3D模型");
    HttpResponse<byte[]> file = bytes(to(model.getString("modelUrl")));
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type").orElseThrow())
        .isEqualTo("model/gltf-binary");
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment; filename=\"model.glb\"; filename*=UTF-8''%E4%B8%80");
    assertThat((long) file.body().length)
        .isEqualTo(model.getJsonNumber("fileSize").longValueExact());
    GlbSurface surface = GlbSurface.of(file.body());
    surface.assertClosed();
    assertThat(model.getInt("faceCount")).isEqualTo(surface.faceCount());
    assertThat(model.getInt("vertexCount")).isEqualTo(surface.vertexCount());

    assertFormats(id, surface.faceCount());

    HttpResponse<String> events = get("/api/tasks/" + id + "/events?limit=100");
    Histories.assertLegalWalk(parse(events).getJsonArray("data"), "MODEL_COMPLETED");
  }

  private void assertFormats(String id, int faces) throws Exception {
    String model = "/api/tasks/" + id + "/model";
    HttpResponse<byte[]> stl = bytes(to(model + "?format=stl"));
    assertThat(stl.statusCode()).isEqualTo(200);
    assertThat(stl.body()).hasSize(84 + 50 * faces);
    assertThat(stl.headers().firstValue("Content-Type")).contains("model/stl");
    assertThat(stl.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment; filename=\"model.stl\"");
    String tag = stl.headers().firstValue("ETag").orElseThrow();
    assertThat(bytes(to(model + "?format=stl").header("If-None-Match", tag)).statusCode())
        .isEqualTo(304);
    HttpResponse<byte[]> part = bytes(to(model + "?format=stl").header("Range", "bytes=80-83"));
    assertThat(ByteBuffer.wrap(part.body()).order(ByteOrder.LITTLE_ENDIAN).getInt())
        .isEqualTo(faces);
    for (String zip : List.of("obj", "3mf")) {
      assertThat(bytes(to(model + "?format=" + zip)).body()).startsWith('P', 'K');
    }
    JsonObject printability = data(get(model + "/printability"));
    assertThat(printability.getBoolean("closed")).isTrue();
    assertThat(printability.getInt("faces")).isEqualTo(faces);
    assertThat(printability.getString("summary")).contains("打印");
  }

  private HttpResponse<byte[]> bytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void everyFieldOfTheContractIsAlwaysThere() throws Exception {
    assertThat(completed("fields").keySet())
        .containsExactlyInAnyOrder(
            "id",
            "prompt",
            "status",
            "failedStage",
            "errorCode",
            "errorMessage",
            "selectedImageIndex",
            "imageGenerationStartedAt",
            "imageGenerationCompletedAt",
            "modelGenerationStartedAt",
            "modelGenerationCompletedAt",
            "createdAt",
            "updatedAt",
            "completedAt",
            "failedAt",
            "cancelledAt",
            "ownPicture",
            "images",
            "edit",
            "model",
            "queuePosition",
            "estimate",
            "overdue",
            "allowedActions");
    JsonObject task = completed("fields again");
    assertThat(task.getJsonObject("model").keySet())
        .containsExactlyInAnyOrder(
            "name",
            "status",
            "progress",
            "format",
            "fileSize",
            "faceCount",
            "vertexCount",
            "modelUrl",
            "previewUrl",
            "apiTaskId",
            "apiRequestId",
            "errorMessage",
            "remark",
            "createdAt",
            "completedAt",
            "failedAt");
    assertThat(task.getJsonArray("images").getJsonObject(0).keySet())
        .containsExactlyInAnyOrder("index", "url", "prompt", "remark", "editOf", "createdAt");
  }

  @Test
  void cancelAndRetryAndDeleteAnswerWithTheTask() throws Exception {
    JsonObject task = create("to be cancelled");
    String id = task.getString("id");
    HttpResponse<String> cancelled =
        send(to("/api/tasks/" + id + "/cancel").POST(BodyPublishers.noBody()));
    if (cancelled.statusCode() == 409) { // the workers were quicker
      assertThat(parse(cancelled).getString("code")).isEqualTo("INVALID_STATE");
    } else {
      assertThat(data(cancelled).getString("status")).isEqualTo("CANCELLED");
      assertThat(actions(data(cancelled))).containsExactly("DELETE");
    }
    HttpResponse<String> deleted = send(to("/api/tasks/" + id).DELETE());
    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(parse(deleted).isNull("data")).isTrue();
    assertThat(get("/api/tasks/" + id).statusCode()).isEqualTo(404);
    assertThat(get("/api/tasks/" + id + "/events").statusCode()).isEqualTo(404);
  }

  // Reading again

  @Test
  void anUnchangedTaskIsNotSentAgain() throws Exception {
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
  void pagesFollowEachOtherWithoutGapOrRepeat() throws Exception {
    Set<String> created = new HashSet<>();
    for (int i = 0; i < 45; i++) {
      created.add(create("paged-" + i).getString("id"));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page = parse(get("/api/tasks?q=PAGED-&limit=7" + cursor));
      JsonArray items = page.getJsonArray("data");
      assertThat(page.getInt("count")).isEqualTo(items.size());
      items.forEach(item -> seen.add(item.asJsonObject().getString("id")));
      cursor = page.isNull("nextCursor") ? null : "&cursor=" + page.getString("nextCursor");
    } while (cursor != null);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(created);
    JsonObject none =
        parse(get("/api/tasks?q=PAGED-&status=FAILED,CANCELLED&status=MODEL_PENDING"));
    assertThat(none.getJsonArray("data")).isEmpty();
  }

  @Test
  void aFileIsSentWholeOrInPart() throws Exception {
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
  void anErrorHasTheSameHeadWithoutItsBody() throws Exception {
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
  void aMethodThatIsNotThereIsAnsweredWithThoseThatAre() throws Exception {
    for (String path : List.of("/api/tasks", "/index.html")) {
      HttpResponse<String> answer = send(to(path).method("FOO", BodyPublishers.noBody()));
      assertProblem(answer, 405, "METHOD_NOT_ALLOWED");
      assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET");
    }
  }

  @Test
  void theAnswerToNonsenseIsNoLongerThanIt() throws Exception {
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

  // Safe repeats

  @Test
  void aRepeatUnderTheSameKeyReturnsTheFirstAnswer() throws Exception {
    String key = "key-" + System.nanoTime();
    HttpRequest.Builder request =
        to("/api/tasks")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(prompt("only once")));
    HttpResponse<String> first = send(request);
    reach(data(first).getString("id"), "IMAGE_COMPLETED");
    HttpResponse<String> repeat = send(request);
    assertThat(repeat.statusCode()).isEqualTo(201);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(repeat.headers().firstValue("ETag")).isEqualTo(first.headers().firstValue("ETag"));

    HttpResponse<String> other =
        send(
            to("/api/tasks")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(prompt("something else"))));
    assertProblem(other, 422, "IDEMPOTENCY_CONFLICT");
  }

  @Test
  void repeatsAtTheSameMomentMakeOneTask() throws Exception {
    String key = "rush-" + System.nanoTime();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      Callable<String> call =
          () -> {
            HttpResponse<String> response =
                send(
                    to("/api/tasks")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(prompt("rush"))));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            return data(response).getString("id");
          };
      Set<String> ids = new HashSet<>();
      for (Future<String> id : clients.invokeAll(java.util.Collections.nCopies(8, call))) {
        ids.add(id.get());
      }
      assertThat(ids).hasSize(1);
    } finally {
      clients.shutdownNow();
    }
  }

  // Text is text

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "'; drop table task; --",
        "${jndi:ldap://127.0.0.1/x} #{1+1} {0} {{7*7}}",
        "right\u202eto left",
        "🐱🐶 家庭 👨‍👩‍👧‍👦",
        "\"quoted\" \\ back\\slash",
      })
  void hostileTextComesBackAsItWas(String text) throws Exception {
    assertThat(create(text).getString("prompt")).isEqualTo(text);
  }

  @Test
  void fiveHundredCharactersAreCountedAsPeopleCountThem() throws Exception {
    String longest = "🐱".repeat(500);
    JsonObject task = completed(longest);
    assertThat(task.getString("prompt")).isEqualTo(longest);
    assertThat(task.getJsonObject("model").getString("name"))
        .isEqualTo("🐱".repeat(30) + " - 3D模型");
  }

  @Test
  void peopleAreToldInTheirLanguage() throws Exception {
    JsonObject english =
        parse(send(to("/api/tasks/" + NOWHERE).header("Accept-Language", "en-GB,en;q=0.9")));
    JsonObject chinese =
        parse(send(to("/api/tasks/" + NOWHERE).header("Accept-Language", "zh-CN,zh;q=0.9,en")));
    JsonObject neither = parse(send(to("/api/tasks/" + NOWHERE).header("Accept-Language", "fr")));
    assertThat(english.getString("error")).isEqualTo("Not found.");
    assertThat(chinese.getString("error")).isEqualTo("未找到。");
    assertThat(neither.getString("error")).isEqualTo("Not found.");
    assertThat(send(to("/api/statuses").header("Accept-Language", "zh")).body())
        .contains("任务队列中，等待处理", "选择一张图片生成3D模型", "准备生成模型...", "下载模型");
  }

  @Test
  void theCatalogueHasEveryStatusAndTheWorkersTellWhatTheyDo() throws Exception {
    JsonArray statuses = parse(get("/api/statuses")).getJsonArray("data");
    assertThat(statuses).hasSize(9);
    assertThat(statuses).allMatch(status -> status.asJsonObject().containsKey("screens"));
    JsonObject workers = data(get("/api/workers/status"));
    assertThat(workers.getJsonArray("workers")).hasSize(4);
    assertThat(workers.getJsonObject("queues").keySet())
        .containsExactlyInAnyOrder(
            "IMAGE_PENDING",
            "IMAGE_GENERATING",
            "IMAGE_EDITING",
            "MODEL_PENDING",
            "MODEL_GENERATING");
    JsonObject here = workers.getJsonArray("nodes").getJsonObject(0);
    assertThat(here.getString("name")).isEqualTo(workers.getString("node"));
    assertThat(here.getString("state")).isEqualTo("UP");
    assertThat(here.getString("version")).startsWith("0.");
    assertThat(here.getString("hands")).startsWith("pictures 3, edits 3, model-submitter ");
  }

  @Test
  void readyMeansPagesDatabaseStoreAndWorkers() throws Exception {
    HttpResponse<String> health = getFromServer(HEALTH + "/health/ready");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("\"pages\"", "\"database\"", "\"store\"", "\"workers\"");
    assertThat(getFromServer(HEALTH + "/health/live").statusCode()).isEqualTo(200);
    assertThat(getFromServer(HEALTH + "/health/started").statusCode()).isEqualTo(200);
  }

  @Test
  void theDocumentListsEveryRouteAndEveryCode() throws Exception {
    HttpResponse<String> document = getFromServer("/openapi?format=JSON");
    JsonObject openapi = parse(document);
    assertThat(openapi.getJsonObject("paths").keySet())
        .containsExactlyInAnyOrderElementsOf(Routes.paths());
    for (String path : Routes.paths()) {
      Set<String> methods =
          new TreeSet<>(openapi.getJsonObject("paths").getJsonObject(path).keySet());
      methods.remove("parameters");
      assertThat(methods).as(path).containsExactlyInAnyOrderElementsOf(Routes.methods(path));
    }
    JsonObject responses = openapi.getJsonObject("components").getJsonObject("responses");
    for (ProblemCode code : ProblemCode.values()) {
      if (!responses.containsKey(code.name())) { // shares a status, and so a response, with others
        assertThat(responses.values())
            .as(code.name())
            .anyMatch(
                response ->
                    response
                        .asJsonObject()
                        .getString("description", "")
                        .contains("`" + code + "`"));
        continue;
      }
      assertThat(document.body()).contains("#/components/responses/" + code.name());
      JsonObject example =
          responses
              .getJsonObject(code.name())
              .getJsonObject("content")
              .getJsonObject("application/problem+json")
              .getJsonObject("example");
      assertThat(example.getString("code")).isEqualTo(code.name());
      assertThat(example.getInt("status")).isEqualTo(code.status());
    }
  }

  @Test
  void thePageOfTheApiNeedsNoOtherHost() throws Exception {
    HttpResponse<String> page = get("/api-docs.html");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("http://", "https://");
    for (String part :
        List.of(
            "/webjars/swagger-ui/5.34.1/swagger-ui.css",
            "/webjars/swagger-ui/5.34.1/swagger-ui-bundle.js",
            "/assets/api-docs.js",
            "/assets/page.css",
            "/assets/icon.svg",
            "/")) {
      HttpResponse<String> answer = get(part);
      assertThat(answer.statusCode()).as(part).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'");
    }
  }

  @Test
  void metricsAreTheSameOnEveryServer() throws Exception {
    HttpResponse<String> metrics = get("/api/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(metrics.body().lines())
        .contains(
            "maquette_provider_state{provider=\"local\",state=\"IN_USE\"} 1.0",
            "maquette_provider_state{provider=\"local\",state=\"DOWN\"} 0.0",
            "maquette_database_up 1.0");
    Map<String, String> listed = new TreeMap<>();
    for (MetricDefinition measure : MetricDefinition.values()) {
      listed.put(
          measure.prometheusName(),
          measure.kind() == MetricDefinition.Kind.TIMER
              ? "histogram"
              : measure.kind().name().toLowerCase(Locale.ROOT));
    }
    Map<String, String> told = new TreeMap<>();
    metrics
        .body()
        .lines()
        .filter(line -> line.matches("# TYPE maquette_.*(?<!_max) .*"))
        .forEach(line -> told.put(line.split(" ", -1)[2], line.split(" ", -1)[3]));
    assertThat(listed).as("what is told is listed").containsAllEntriesOf(told);
    // which are there once there is something to tell
    listed.values().removeIf("histogram"::equals);
    listed.remove(MetricDefinition.OVERDUE.prometheusName());
    listed.remove(MetricDefinition.STATE_P95.prometheusName());
    assertThat(told).as("what is listed is told").containsAllEntriesOf(listed);
  }

  @Test
  void thePagesNeedNoOtherHost() throws Exception {
    for (String page : List.of("/", "/index.html", "/workspace.html", "/history.html")) {
      HttpResponse<String> answer = get(page);
      assertThat(answer.statusCode()).as(page).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("http://", "https://");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'", "script-src 'self' 'sha256-")
          .doesNotContain("unsafe");
    }
    for (String script :
        List.of(
            "/assets/js/pages/workspace.js",
            "/webjars/three/0.181.1/build/three.module.min.js",
            "/webjars/three/0.181.1/build/three.core.min.js",
            "/webjars/three/0.181.1/examples/jsm/loaders/GLTFLoader.js",
            "/webjars/three/0.181.1/examples/jsm/utils/BufferGeometryUtils.js",
            "/webjars/three/0.181.1/examples/jsm/controls/OrbitControls.js",
            "/webjars/three/0.181.1/examples/jsm/environments/RoomEnvironment.js")) {
      HttpResponse<String> answer = get(script);
      assertThat(answer.statusCode()).as(script).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
    }
  }

  // Bad input: a clear 4xx that names the field, and nothing changed

  private record Bad(String name, int status, String code, String field, Sent sent) {
    @Override
    public String toString() {
      return name;
    }
  }

  private interface Sent {
    HttpRequest.Builder on(ApiContract api, String id);
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

  static Stream<Bad> badInputs() {
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
                      .POST(BodyPublishers.ofString(prompt("a")))));
    }
    for (String path :
        List.of(
            "/api/tasks/" + NOWHERE,
            "/api/tasks/1",
            "/api/tasks/1-1-1-1-1",
            "/api/tasks/" + NOWHERE.replace('0', 'A'),
            "/api/tasks/%2e%2e%2fetc",
            "/api/tasks/..%2f..%2fWEB-INF%2fweb.xml",
            "/api/tasks/{id}/images/..%2f0",
            "/api/tasks/%3Cscript%3E",
            "/api/tasks/" + NOWHERE + "/events",
            "/api/tasks/" + NOWHERE + "/model",
            "/api/tasks/" + NOWHERE + "/images/0",
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
    all.add(absent("PATCH", "/api/tasks/" + NOWHERE));
    all.add(absent("DELETE", "/api/tasks/" + NOWHERE));
    all.add(absent("POST", "/api/tasks/" + NOWHERE + "/cancel"));
    all.add(odd("PUT", "/api/tasks/{id}", 405, "METHOD_NOT_ALLOWED"));
    all.add(odd("PATCH", "/api/tasks/stream", 405, "METHOD_NOT_ALLOWED"));
    all.add(odd("DELETE", "/api/tasks", 405, "METHOD_NOT_ALLOWED"));
    all.add(odd("GET", "/api/tasks/{id}/cancel", 405, "METHOD_NOT_ALLOWED"));
    all.add(odd("POST", "/api/tasks/{id}/cancel", 409, "INVALID_STATE"));
    all.add(
        typed(
            "no type", 415, "UNSUPPORTED_MEDIA_TYPE", null, BodyPublishers.ofString(prompt("a"))));
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
            BodyPublishers.ofString(prompt("a"))));
    all.add(
        typed(
            "a large body",
            413,
            "PAYLOAD_TOO_LARGE",
            "application/json",
            BodyPublishers.ofString(prompt("a".repeat(70_000)))));
    all.add(
        typed(
            "a large body of unknown length",
            413,
            "PAYLOAD_TOO_LARGE",
            "application/json",
            BodyPublishers.ofInputStream(
                () ->
                    new ByteArrayInputStream(
                        prompt("a".repeat(70_000)).getBytes(StandardCharsets.UTF_8)))));
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

  // A picture of one's own

  private static final String BOUNDARY = "parts-of-a-request";

  private HttpRequest.Builder withParts(Object... namesAndContents) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      String head =
          """
          --%s\r
          Content-Disposition: form-data; name="%s"; filename="x.gif"\r
          Content-Type: image/gif\r
          \r
          """;
      body.writeBytes(
          head.formatted(BOUNDARY, namesAndContents[i]).getBytes(StandardCharsets.UTF_8));
      Object content = namesAndContents[i + 1];
      body.writeBytes(
          content instanceof byte[] bytes
              ? bytes
              : ((String) content).getBytes(StandardCharsets.UTF_8));
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return to("/api/tasks")
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(BodyPublishers.ofByteArray(body.toByteArray()));
  }

  /** A red toy on a white table, lit from one side, with a shadow and a camera's noise. */
  private static byte[] photo() throws IOException {
    BufferedImage photo = new BufferedImage(900, 700, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = photo.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, new Color(0xF4F2EE), 900, 700, new Color(0xDAD7D2)));
    graphics.fillRect(0, 0, 900, 700);
    graphics.setPaint(new GradientPaint(300, 0, new Color(0xE0503A), 620, 0, new Color(0x8A2018)));
    graphics.fillOval(320, 150, 280, 280);
    graphics.fillRoundRect(360, 380, 200, 200, 60, 60);
    graphics.dispose();
    SplittableRandom noise = new SplittableRandom(1);
    for (int y = 0; y < 700; y++) {
      for (int x = 0; x < 900; x++) {
        Color colour = new Color(photo.getRGB(x, y));
        int off = noise.nextInt(7) - 3;
        photo.setRGB(
            x,
            y,
            new Color(
                    Math.max(0, Math.min(255, colour.getRed() + off)),
                    Math.max(0, Math.min(255, colour.getGreen() + off)),
                    Math.max(0, Math.min(255, colour.getBlue() + off)))
                .getRGB());
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(photo, "jpeg", jpeg);
    return jpeg.toByteArray();
  }

  @Test
  void aPhotoOfAToyOnAWhiteTableBecomesAModel() throws Exception {
    byte[] photo = photo();
    HttpResponse<String> created =
        send(withParts("picture", photo, "prompt", "my toy").header("Idempotency-Key", "toy"));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    JsonObject task = data(created);
    assertThat(task.getString("status")).isEqualTo("IMAGE_COMPLETED");
    assertThat(task.getBoolean("ownPicture")).isTrue();
    assertThat(task.getJsonArray("images")).hasSize(1);
    assertThat(task.getJsonArray("allowedActions").toString()).contains("SELECT_IMAGE");
    String id = task.getString("id");
    HttpResponse<String> repeated =
        send(withParts("picture", photo, "prompt", "my toy").header("Idempotency-Key", "toy"));
    assertThat(data(repeated).getString("id")).isEqualTo(id);
    assertProblem(
        send(withParts("picture", photo, "prompt", "other").header("Idempotency-Key", "toy")),
        422,
        "IDEMPOTENCY_CONFLICT");
    HttpResponse<byte[]> picture =
        http.send(
            to(task.getJsonArray("images").getJsonObject(0).getString("url")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth()).isEqualTo(900);
    assertNames(
        "selectedImageIndex", json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":1}"));
    assertThat(json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":0}").statusCode())
        .isEqualTo(200);
    JsonObject made = reach(id, "MODEL_COMPLETED");
    HttpResponse<byte[]> model =
        http.send(
            to(made.getJsonObject("model").getString("modelUrl")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    GlbSurface surface = GlbSurface.of(model.body());
    surface.assertClosed();
    assertThat(surface.extent(1)).as("the toy is taller than wide").isBetween(0.079, 0.081);
    assertThat(surface.extent(0)).isBetween(0.045, 0.06);
  }

  @Test
  void aPictureThatCannotBeUsedIsRefusedAndNothingIsCreated() throws Exception {
    String before = get("/api/tasks").body();
    byte[] photo = photo();
    byte[] broken = Arrays.copyOf(photo, 400);
    assertNames("picture", send(withParts("prompt", "no picture")));
    assertNames("picture", send(withParts("picture", "GIF89a, says its name")));
    assertNames("picture", send(withParts("picture", broken)));
    assertNames("prompt", send(withParts("picture", photo, "prompt", "x".repeat(501))));
    assertNames("status", send(withParts("picture", photo, "status", "MODEL_COMPLETED")));
    assertProblem(send(withParts("picture", new byte[(32 << 20) + 1])), 413, "PAYLOAD_TOO_LARGE");
    HttpResponse<String> heic = send(withParts("picture", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic"));
    assertNames("picture", heic);
    assertThat(heic.body()).contains("HEIC");
    byte[] small = odd("PNG colour 8").file();
    ByteBuffer chunks = ByteBuffer.allocate(small.length + 200_000 * 12);
    chunks.put(small, 0, 33);
    for (int i = 0; i < 200_000; i++) {
      chunks.putInt(0).put("IDAT".getBytes(StandardCharsets.US_ASCII)).putInt(0x35AF061E);
    }
    chunks.put(small, 33, small.length - 33);
    assertNames("picture", send(withParts("picture", chunks.array())));
    assertThat(get("/api/tasks").body()).isEqualTo(before);
  }

  private static Odd odd(String name) throws IOException {
    return OddPictures.all().stream()
        .filter(odd -> odd.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void odd_pictures_are_stored_upright_and_in_the_right_colours() throws Exception {
    for (String name :
        new String[] {
          "PNG grey with alpha, opaque 8",
          "PNG of orientation 6, Intel",
          "WebP of orientation 6, Intel",
          "JPEG of CMYK",
          "JPEG in DISPLAY_P3",
          "WebP palette of three with transparency"
        }) {
      Odd odd = odd(name);
      HttpResponse<String> created = send(withParts("picture", odd.file()));
      assertThat(created.statusCode()).as("%s: %s", name, created.body()).isEqualTo(201);
      JsonObject image = data(created).getJsonArray("images").getJsonObject(0);
      HttpResponse<byte[]> stored =
          http.send(to(image.getString("url")).build(), HttpResponse.BodyHandlers.ofByteArray());
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(stored.body()));
      assertThat(picture.getWidth()).as(name).isEqualTo(odd.width());
      assertThat(picture.getHeight()).as(name).isEqualTo(odd.height());
      PictureAssert.assertQuarters(picture, odd.quarters(), 4);
    }
  }

  @Test
  void photo_of_48_megapixels_is_taken() throws Exception {
    BufferedImage photo = new BufferedImage(8064, 6048, BufferedImage.TYPE_BYTE_BINARY);
    photo.createGraphics().fillRect(2000, 2000, 4000, 2000);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(photo, "png", png);
    HttpResponse<String> created = send(withParts("picture", png.toByteArray()));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
  }

  @Test
  void aPictureIsChangedAndTheOldOneStays() throws Exception {
    String id = ready("一只猫").getString("id");
    HttpResponse<String> asked = edit(id, "{\"imageIndex\":1,\"instruction\":\" 背景换成蓝色 \"}");
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    assertThat(data(asked).getString("status")).isEqualTo("IMAGE_EDITING");
    assertThat(data(asked).getJsonObject("edit").getString("instruction")).isEqualTo("背景换成蓝色");
    JsonObject done = reach(id, "IMAGE_COMPLETED");
    JsonObject version = done.getJsonArray("images").getJsonObject(4);
    assertThat(version.getInt("editOf")).isEqualTo(1);
    assertThat(version.getString("prompt")).isEqualTo("背景换成蓝色");
    assertThat(done.get("edit")).isEqualTo(JsonValue.NULL);
    assertThat(pixel(version, 4, 4)).isEqualTo(0xFF3F77C4);
    assertThat(pixel(done.getJsonArray("images").getJsonObject(1), 4, 4)).isNotEqualTo(0xFF3F77C4);
    assertThat(json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":4}").statusCode())
        .isEqualTo(200);
    JsonObject model = reach(id, "MODEL_COMPLETED").getJsonObject("model");

    edit(id, "{\"imageIndex\":4,\"instruction\":\"smile more\"}");
    JsonObject failed = reach(id, "IMAGE_COMPLETED");
    assertThat(failed.getJsonObject("edit").getString("errorCode")).isEqualTo("PROVIDER_REFUSED");
    assertThat(failed.getJsonObject("edit").getString("errorMessage")).startsWith("图片修改失败：");
    assertThat(failed.getJsonArray("images")).hasSize(5);
    assertThat(failed.getJsonObject("model").getString("modelUrl"))
        .isEqualTo(model.getString("modelUrl"));
    assertThat(get("/api/tasks/" + id + "/events").body()).contains("EDIT_FAILED");
    assertNames("imageIndex", edit(id, "{\"imageIndex\":5,\"instruction\":\"x\"}"));
    assertNames("imageIndex", edit(id, "{\"imageIndex\":12,\"instruction\":\"x\"}"));
    assertNames("imageIndex", edit(id, "{\"instruction\":\"x\"}"));
    assertNames("instruction", edit(id, "{\"imageIndex\":0,\"instruction\":\" \"}"));
    assertNames("status", edit(id, "{\"imageIndex\":0,\"instruction\":\"x\",\"status\":\"x\"}"));
    assertThat(json("POST", "/api/tasks/" + id + "/cancel", "").statusCode()).isEqualTo(409);
  }

  private HttpResponse<String> edit(String id, String body) throws Exception {
    return json("POST", "/api/tasks/" + id + "/edit", body);
  }

  private int pixel(JsonObject image, int x, int y) throws Exception {
    HttpResponse<byte[]> picture =
        http.send(to(image.getString("url")).build(), HttpResponse.BodyHandlers.ofByteArray());
    return ImageIO.read(new ByteArrayInputStream(picture.body())).getRGB(x, y);
  }

  private static void assertNames(String field, HttpResponse<String> response) {
    JsonObject problem = assertProblem(response, 400, "VALIDATION_ERROR");
    assertThat(problem.getJsonArray("details"))
        .as(response.body())
        .anyMatch(detail -> detail.asJsonObject().getString("field").equals(field));
  }

  private String untouched;

  @ParameterizedTest
  @MethodSource("badInputs")
  void badInputIsRefusedClearlyAndChangesNothing(Bad bad) throws Exception {
    if (untouched == null) {
      untouched = ready("must not change").getString("id");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  parse(
                          get(
                              "/api/tasks?limit=1&status=IMAGE_PENDING,IMAGE_GENERATING,MODEL_PENDING,MODEL_GENERATING"))
                      .getJsonArray("data")
                      .isEmpty());
    }
    String before = get("/api/tasks/" + untouched).body() + get("/api/tasks").body();
    HttpResponse<String> response = send(bad.sent().on(this, untouched));
    JsonObject problem = assertProblem(response, bad.status(), bad.code());
    if (bad.field() != null) {
      assertThat(problem.getJsonArray("details"))
          .as(response.body())
          .anyMatch(detail -> detail.asJsonObject().getString("field").equals(bad.field()));
    }
    if (bad.code().equals("INVALID_STATE")) {
      assertThat(problem.getJsonObject("details").getString("currentStatus"))
          .isEqualTo("IMAGE_COMPLETED");
    }
    assertThat(get("/api/tasks/" + untouched).body() + get("/api/tasks").body()).isEqualTo(before);
  }

  private static JsonObject assertProblem(HttpResponse<String> response, int status, String code) {
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
