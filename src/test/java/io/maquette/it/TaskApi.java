package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.mesh.GlbSurface;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks in the REST API: the way from a sentence to a model, lists, safe repeats and texts. */
interface TaskApi extends ApiCalls {

  private Set<String> actions(JsonObject task) {
    Set<String> actions = new HashSet<>();
    task.getJsonArray("allowedActions")
        .getValuesAs(jakarta.json.JsonString.class)
        .forEach(action -> actions.add(action.getString()));
    return actions;
  }

  @Test
  default void a_sentence_becomes_a_closed_model_that_other_programs_read() throws Exception {
    HttpResponse<String> created = json("POST", "/api/tasks", ApiCalls.prompt("  一只可爱的小猫  "));
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
    assertPrintFile(id, file.body());

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
    assertThat(bytes(to(model + "?format=ply")).body()).startsWith('p', 'l', 'y');
    HttpResponse<byte[]> usdz = bytes(to(model + "?format=usdz"));
    assertThat(usdz.headers().firstValue("Content-Type")).contains("model/vnd.usdz+zip");
    assertThat(usdz.body()).startsWith('P', 'K');
    HttpResponse<byte[]> painted = bytes(to(model + "?format=3mf&colors=4"));
    assertThat(painted.statusCode()).isEqualTo(200);
    assertThat(painted.headers().firstValue("Content-Type")).contains("model/3mf");
    HttpResponse<byte[]> shown = bytes(to(model + "?format=glb&colors=4&palette=FF8800,1a1a1a"));
    assertThat(shown.headers().firstValue("Content-Type")).contains("model/gltf-binary");
    assertThat(shown.body()).startsWith('g', 'l', 'T', 'F');
    for (String refused :
        List.of(
            "format=3mf&colors=0",
            "format=3mf&colors=17",
            "format=stl&colors=4",
            "format=ply&palette=FF8800",
            "format=3mf&colors=1&palette=FF8800,1A1A1A",
            "format=3mf&palette=orange")) {
      assertThat(bytes(to(model + "?" + refused)).statusCode()).as(refused).isEqualTo(400);
    }
    JsonObject printability = data(get(model + "/printability"));
    assertThat(printability.getBoolean("closed")).isTrue();
    assertThat(printability.getInt("faces")).isEqualTo(faces);
    assertThat(printability.getString("summary")).contains("打印");
  }

  private void assertPrintFile(String id, byte[] original) throws Exception {
    String all = "/api/tasks/" + id + "/print-files";
    String wanted =
        "{\"size\":{\"kind\":\"HEIGHT\",\"millimetres\":40},\"base\":{\"kind\":\"DISC\"}}";
    HttpResponse<String> created = json("POST", all, wanted);
    assertThat(created.statusCode()).isEqualTo(202);
    String address = created.headers().firstValue("Location").orElseThrow();
    String path = address.substring(address.indexOf(all));
    JsonObject ready =
        Awaitility.await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> data(get(path)), file -> file.getString("state").matches("READY|FAILED"));
    assertThat(ready.getString("state")).isEqualTo("READY");
    assertThat(ready.getInt("progress")).isEqualTo(100);
    assertThat(data(json("POST", all, wanted)).getString("id")).isEqualTo(ready.getString("id"));
    JsonObject links = ready.getJsonObject("links");
    GlbSurface.of(bytes(to(links.getString("glb"))).body()).assertClosed();
    assertThat(bytes(to(links.getString("stl"))).headers().firstValue("Content-Type"))
        .contains("model/stl");
    assertThat(bytes(to(links.getString("3mf"))).body()).startsWith('P', 'K');
    JsonObject report = data(get(links.getString("printability")));
    assertThat(report.getJsonNumber("height").doubleValue()).isBetween(39.9, 40.1);
    assertThat(bytes(to("/api/tasks/" + id + "/model")).body()).isEqualTo(original);
    for (String wrong :
        List.of(
            "{\"hollow\":{\"wall\":0.1}}",
            "{\"size\":{\"kind\":\"TALL\"}}",
            "{\"colour\":1}",
            "[]")) {
      HttpResponse<String> refused = json("POST", all, wrong);
      assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
      assertThat(refused.body()).containsPattern("hollow\\.wall|size\\.kind|colour|body");
    }
    assertThat(send(to(path).DELETE()).statusCode()).isEqualTo(200);
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  default void every_field_of_the_contract_is_present() throws Exception {
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
            "imageOptions",
            "modelOptions",
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
  default void cancel_retry_and_delete_answer_with_the_task() throws Exception {
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

  @Test
  default void pages_of_a_listing_have_no_gap_or_repeat() throws Exception {
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
    for (String id : created) { // the other tests do not wait for their pictures
      assertThat(send(to("/api/tasks/" + id).DELETE()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  default void a_task_that_chooses_the_first_picture_needs_no_user_action() throws Exception {
    HttpResponse<String> wrong =
        json("POST", "/api/tasks", "{\"prompt\":\"a cat\",\"choose\":\"best\"}");
    assertThat(assertProblem(wrong, 400, "VALIDATION_ERROR").toString()).contains("choose");

    HttpResponse<String> created =
        json("POST", "/api/tasks", "{\"prompt\":\"a cat\",\"count\":1,\"choose\":\"first\"}");
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    JsonObject task = reach(data(created).getString("id"), "MODEL_COMPLETED");
    assertThat(task.getInt("selectedImageIndex")).isZero();
    assertThat(task.getJsonArray("images")).hasSize(1);
    assertThat(task.getJsonObject("imageOptions").getString("choose")).isEqualTo("first");
  }

  @Test
  default void options_are_checked_stored_and_shown() throws Exception {
    HttpResponse<String> wide =
        json("POST", "/api/tasks", "{\"prompt\":\"a wide cat\",\"aspect\":\"16:9\"}");
    JsonObject refusal = assertProblem(wide, 422, "OPTION_NOT_SUPPORTED");
    assertThat(refusal.getJsonObject("details").getString("option")).isEqualTo("aspect");

    HttpResponse<String> seeded =
        json("POST", "/api/tasks", "{\"prompt\":\"a cat\",\"count\":2,\"seed\":2147483647}");
    assertThat(seeded.statusCode()).as(seeded.body()).isEqualTo(201);
    String id = data(seeded).getString("id");
    JsonObject task = reach(id, "IMAGE_COMPLETED");
    assertThat(task.getJsonObject("imageOptions").getInt("seed")).isEqualTo(Integer.MAX_VALUE);
    assertThat(task.getJsonObject("imageOptions").isNull("aspect")).isTrue();
    assertThat(task.getJsonArray("images")).hasSize(2);

    HttpResponse<String> quads =
        json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":0,\"topology\":\"quad\"}");
    assertProblem(quads, 422, "OPTION_NOT_SUPPORTED");
    HttpResponse<String> elsewhere =
        json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":0,\"provider\":\"meshy\"}");
    assertThat(
            assertProblem(elsewhere, 422, "OPTION_NOT_SUPPORTED")
                .getJsonObject("details")
                .getString("option"))
        .isEqualTo("provider");
    HttpResponse<String> relief =
        json(
            "PATCH",
            "/api/tasks/" + id,
            "{\"selectedImageIndex\":0,\"provider\":\"local\",\"form\":\"relief\"}");
    assertThat(relief.statusCode()).as(relief.body()).isEqualTo(200);
    assertThat(data(relief).getJsonObject("modelOptions").getString("form")).isEqualTo("relief");
    assertThat(data(relief).getJsonObject("modelOptions").getJsonArray("providers"))
        .isEqualTo(Json.createArrayBuilder().add("local").build());
    reach(id, "MODEL_COMPLETED");
  }

  @Test
  default void a_repeat_with_the_same_idempotency_key_returns_the_first_answer() throws Exception {
    String key = "key-" + System.nanoTime();
    HttpRequest.Builder request =
        to("/api/tasks")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(ApiCalls.prompt("only once")));
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
                .POST(BodyPublishers.ofString(ApiCalls.prompt("something else"))));
    assertProblem(other, 422, "IDEMPOTENCY_CONFLICT");
  }

  @Test
  default void concurrent_repeats_create_one_task() throws Exception {
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
                        .POST(BodyPublishers.ofString(ApiCalls.prompt("rush"))));
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
  default void hostile_text_is_returned_unchanged(String text) throws Exception {
    assertThat(create(text).getString("prompt")).isEqualTo(text);
  }

  @Test
  default void a_prompt_has_at_most_500_code_points() throws Exception {
    String longest = "🐱".repeat(500);
    JsonObject task = completed(longest);
    assertThat(task.getString("prompt")).isEqualTo(longest);
    assertThat(task.getJsonObject("model").getString("name"))
        .isEqualTo("🐱".repeat(30) + " - 3D模型");
  }

  @Test
  default void messages_are_in_the_language_of_the_request() throws Exception {
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
}
