package io.maquette.it.simulator;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;

/**
 * Tripo's interface, version 3, as developers.tripo3d.ai has it, read 2026-11-30. A task is queued
 * at its first query, running for those after it, and ends at the last one.
 */
public final class TripoSimulator extends Simulator {

  private static final Set<String> FLAGS =
      Set.of("texture", "pbr", "auto_size", "smart_low_poly", "quad", "compress");

  private static final Set<String> NUMBERS =
      Set.of("face_limit", "model_seed", "image_seed", "texture_seed");

  private static final Set<String> WORDS =
      Set.of("input", "model", "texture_quality", "geometry_quality");

  private static final Set<String> MODELS =
      Set.of("v3.1-20260211", "v3.0-20250812", "v2.5-20250123", "P1-20260311", "P2-20260801");

  private static final class Task {
    private final boolean isSmall;
    private final String end;
    private final int errorCode;
    private int asked;
    private boolean ended;

    Task(boolean isSmall, String end, int errorCode) {
      this.isSmall = isSmall;
      this.end = end;
      this.errorCode = errorCode;
    }
  }

  private final String key;
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Set<String> files = new LinkedHashSet<>();
  private int accepted;
  private String nextEnd = "success";
  private int nextErrorCode;

  /**
   * Starts it.
   *
   * @param key the one it accepts
   */
  public TripoSimulator(String key) {
    this.key = key;
  }

  /** Lets the next accepted task end in this status, with this code, when it would be done. */
  public synchronized void endNext(String status, int errorCode) {
    nextEnd = status;
    nextErrorCode = errorCode;
  }

  /** Forgets all tasks. */
  public synchronized void forgetTasks() {
    tasks.clear();
  }

  /** Submissions accepted so far. */
  public synchronized int accepted() {
    return accepted;
  }

  /** Whether a request submits a task. */
  public static boolean isSubmission(Received request) {
    return request.uri().getPath().startsWith("/v3/generation/");
  }

  /** Whether a request uploads a picture. */
  public static boolean isUpload(Received request) {
    return request.uri().getPath().equals("/v3/files");
  }

  /** Whether a request asks for a task. */
  public static boolean isQuery(Received request) {
    return request.uri().getPath().startsWith("/v3/tasks/");
  }

  @Override
  protected synchronized Answer answer(Received request) {
    String path = request.uri().getPath();
    if (path.startsWith("/out/")) {
      return file(request);
    }
    if (!("Bearer " + key).equals(request.header("Authorization"))) {
      throw refusal(401, 2, "Authentication failed");
    }
    return switch (request.method() + " " + path.replaceFirst("(/v3/tasks)/[^/]+$", "$1/*")) {
      case "POST /v3/files" -> upload(request);
      case "POST /v3/generation/image-to-model" -> create(request);
      case "GET /v3/tasks/*" -> query(path.substring("/v3/tasks/".length()));
      default -> throw refusal(404, 1003, "no such path");
    };
  }

  private Answer file(Received request) {
    if (request.header("Authorization") != null) {
      throw refusal(400, 1003, "a key where it does not belong");
    }
    return request.uri().getPath().endsWith(".glb")
        ? Answer.file("model/gltf-binary", Tetrahedron.glb())
        : Answer.file("image/png", Tetrahedron.png());
  }

  private Answer upload(Received request) {
    Map<String, byte[]> parts = OpenAiSimulator.parts(request);
    if (!parts.keySet().equals(Set.of("file"))) {
      throw refusal(400, 1003, "the parts are " + parts.keySet());
    }
    byte[] content = parts.get("file");
    try {
      if (content.length > 20 << 20 || ImageIO.read(new ByteArrayInputStream(content)) == null) {
        throw refusal(400, 1004, "the file is no picture of up to 20 MB");
      }
    } catch (IOException e) {
      throw refusal(400, 1004, "the file cannot be read");
    }
    String token = "file_" + UUID.randomUUID();
    files.add(token);
    return data(Json.createObjectBuilder().add("file_token", token));
  }

  private Answer create(Received request) {
    if (!String.valueOf(request.header("Content-Type")).startsWith("application/json")) {
      throw refusal(400, 1003, "the body is not declared as JSON");
    }
    JsonObject body = request.json();
    body.forEach(TripoSimulator::requireType);
    if (!body.containsKey("input") || !body.containsKey("model")) {
      throw refusal(400, 1003, "input and model are required");
    }
    if (!files.contains(body.getString("input"))) {
      throw refusal(400, 1004, "input is neither a token nor an address");
    }
    String model = body.getString("model");
    if (!MODELS.contains(model)) {
      return error(400, 2015, "the version " + model + " is retired");
    }
    if (body.getBoolean("pbr", true) && !body.getBoolean("texture", true)) {
      throw refusal(400, 1004, "pbr needs texture");
    }
    if (body.containsKey("face_limit")
        && (body.getInt("face_limit") < 50 || body.getInt("face_limit") > mostFaces(model))) {
      throw refusal(400, 1004, "face_limit: 50 to " + mostFaces(model));
    }
    boolean isSmall = model.startsWith("P");
    if (!isUnlimited() && open(isSmall) >= (isSmall ? 5 : 10)) {
      return error(429, 2000, "too many tasks at once");
    }
    String id = UUID.randomUUID().toString();
    tasks.put(id, new Task(isSmall, nextEnd, nextErrorCode));
    nextEnd = "success";
    nextErrorCode = 0;
    accepted++;
    return data(Json.createObjectBuilder().add("task_id", id))
        .with("X-Tripo-Trace-ID", "trace-" + accepted);
  }

  private static int mostFaces(String model) {
    return switch (model) {
      case "P1-20260311" -> 20_000;
      case "P2-20260801" -> 50_000;
      default -> 1_500_000;
    };
  }

  private static void requireType(String name, JsonValue value) {
    boolean fits =
        (WORDS.contains(name) && value instanceof JsonString)
            || (NUMBERS.contains(name) && value instanceof JsonNumber number && number.isIntegral())
            || (FLAGS.contains(name) && (value == JsonValue.TRUE || value == JsonValue.FALSE));
    if (!fits) {
      throw refusal(400, 1004, name + " is unknown or has another type: " + value);
    }
  }

  private long open(boolean isSmall) {
    return tasks.values().stream().filter(task -> task.isSmall == isSmall && !task.ended).count();
  }

  private Answer query(String id) {
    Task task = tasks.get(id);
    if (task == null) {
      return error(404, 2001, "The task is not found");
    }
    task.asked++;
    if (task.asked == 1) {
      return data(task(id, "queued", 0));
    }
    if (task.asked == 2) {
      return data(task(id, "running", 40));
    }
    task.ended = true;
    JsonObjectBuilder ended = task(id, task.end, 100);
    if (task.end.equals("success")) {
      ended.add(
          "output",
          Json.createObjectBuilder()
              .add("model_url", url() + "/out/" + id + ".glb?Signature=" + task.asked)
              .add("rendered_image_url", url() + "/out/" + id + ".png?Signature=" + task.asked));
    } else {
      ended.add("error_code", task.errorCode).add("error_message", "as asked for");
    }
    return data(ended);
  }

  private static JsonObjectBuilder task(String id, String status, int progress) {
    return Json.createObjectBuilder()
        .add("task_id", id)
        .add("type", "image_to_model")
        .add("status", status)
        .add("progress", progress);
  }

  private static Answer data(JsonObjectBuilder data) {
    return Answer.json(
        200, Json.createObjectBuilder().add("code", 0).add("data", data).build().toString());
  }

  /** An error in Tripo's form that does not blame the client. */
  public static Answer error(int status, int code, String message) {
    return Answer.json(status, body(code, message));
  }

  private static Refusal refusal(int status, int code, String message) {
    return new Refusal(status, body(code, message));
  }

  private static String body(int code, String message) {
    return Json.createObjectBuilder()
        .add("code", code)
        .add("status", "error")
        .add("message", message)
        .add("suggestion", "see the documentation")
        .add("request_id", "req-0123456789")
        .build()
        .toString();
  }
}
