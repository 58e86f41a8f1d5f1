package io.maquette.it.simulator;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Meshy's image-to-3d, as docs.meshy.ai/en/api/image-to-3d has it: a task waits for its first poll,
 * is in progress for those after it, and ends at the last one.
 */
public final class MeshySimulator extends Simulator {

  /** The credits each task costs. */
  public static final int CREDITS = 30;

  /** Tasks in the queue at once with the smallest plan that has the interface. */
  public static final int QUEUE = 10;

  private static final String TASKS = "/openapi/v1/image-to-3d";
  private static final Set<String> FIELDS =
      Set.of(
          "image_url",
          "model_type",
          "ai_model",
          "topology",
          "target_polycount",
          "symmetry_mode",
          "should_remesh",
          "should_texture",
          "enable_pbr",
          "texture_prompt",
          "texture_image_url",
          "moderation",
          "image_enhancement",
          "remove_lighting",
          "auto_size",
          "origin_at",
          "save_pre_remeshed_model",
          "target_formats");

  /** States of the models (docs.meshy.ai, Deprecations, 2026-11-30). */
  private static final Set<String> ACTIVE =
      Set.of("latest", "meshy-7.1", "meshy-6", "meshy-6-lite");

  private static final String DEPRECATED = "meshy-7";

  /** The day on which {@link #DEPRECATED} was deprecated, 2026-09-18, in seconds. */
  public static final long DEPRECATED_AT = 1_789_689_600L;

  private static final Pattern DATA_URI =
      Pattern.compile("data:image/(png|jpeg);base64,([A-Za-z0-9+/]+={0,2})");

  private record End(String status, String type, String code, String message) {}

  private record Held(String status, int progress) {}

  private static final class Task {
    private final String id = UUID.randomUUID().toString();
    private final long createdAt = Instant.now().toEpochMilli();
    private int polls;
    private String status = "PENDING";
    private String message = "";
    private String type;
    private String code;

    boolean isOpen() {
      return status.equals("PENDING") || status.equals("IN_PROGRESS");
    }
  }

  private final String key;
  private final Map<String, Task> tasks = new ConcurrentHashMap<>();
  private final Queue<End> ends = new ConcurrentLinkedQueue<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile int pollsUntilDone = 3;
  private volatile long maxOpen;
  private volatile Held held;
  private volatile byte[] model = Tetrahedron.glb();
  private volatile byte[] preview = Tetrahedron.png();

  /**
   * Starts it.
   *
   * @param key the one it accepts
   */
  public MeshySimulator(String key) {
    this.key = key;
  }

  /** How often a task is asked for until it is done; 1 or more, 3 if not set. */
  public void pollsUntilDone(int polls) {
    pollsUntilDone = polls;
  }

  /** The next task to end fails with these words. */
  public void failNext(String message) {
    endNext("FAILED", message);
  }

  /** The next task to end does so with this status, and these words. */
  public void endNext(String status, String message) {
    ends.add(new End(status, null, null, message));
  }

  /**
   * The next task to end fails with these details.
   *
   * @param code null for none
   */
  public void failNext(String type, String code, String message) {
    ends.add(new End("FAILED", type, code, message));
  }

  /** Forgets all tasks, as Meshy does three days after they ended. */
  public void forget() {
    tasks.clear();
  }

  /** Submissions accepted so far. */
  public int acceptedSubmissions() {
    return accepted.get();
  }

  /** Tasks that wait or are in progress. */
  public long openJobs() {
    return tasks.values().stream().filter(Task::isOpen).count();
  }

  /** The most there ever were at once. */
  public long maxOpenJobs() {
    return maxOpen;
  }

  /** Tasks it has, ended ones included. */
  public int tasks() {
    return tasks.size();
  }

  @Override
  protected synchronized Answer answer(Received request) {
    String path = request.uri().getPath();
    if (path.startsWith("/files/")) {
      return file(request, path);
    }
    if (!("Bearer " + key).equals(request.header("Authorization"))) {
      throw refusal(401, "Invalid API key: " + request.header("Authorization"));
    }
    if (request.uri().getRawQuery() != null) {
      throw refusal(400, "no such parameter");
    }
    if (path.equals(TASKS) && request.method().equals("POST")) {
      return create(request);
    }
    if (!path.startsWith(TASKS + "/")) {
      throw refusal(404, "no such interface");
    }
    Task task = tasks.get(path.substring(TASKS.length() + 1));
    if (task == null) {
      return error(404, "Task not found");
    }
    return switch (request.method()) {
      case "GET" -> tell(task);
      case "DELETE" -> delete(task);
      default -> throw refusal(405, "Method not allowed");
    };
  }

  private Answer create(Received request) {
    if (!String.valueOf(request.header("Content-Type")).startsWith("application/json")) {
      throw refusal(415, "the body is not declared as JSON");
    }
    JsonObject body = request.json();
    requireFields(
        body, Set.of("image_url", "ai_model", "target_formats"), FIELDS, "{\"message\":\"%s\"}");
    String ai = body.getString("ai_model");
    if (!ACTIVE.contains(ai) && !ai.equals(DEPRECATED)) {
      return error(400, "ai_model " + ai + " has been retired, use meshy-7.1");
    }
    if (!body.getJsonArray("target_formats").toString().equals("[\"glb\"]")) {
      throw refusal(400, "unneeded formats: " + body.get("target_formats"));
    }
    requirePicture(body.getString("image_url"));
    if (!isUnlimited() && openJobs() >= QUEUE) {
      return error(429, "NoMoreConcurrentTasks");
    }
    Task task = new Task();
    tasks.put(task.id, task);
    accepted.incrementAndGet();
    maxOpen = Math.max(maxOpen, openJobs());
    Answer answer = Answer.json(202, "{\"result\":\"" + task.id + "\"}");
    return ai.equals(DEPRECATED)
        ? answer
            .with("Deprecation", "@" + DEPRECATED_AT)
            .with("Link", "<https://docs.meshy.ai/api/deprecations>; rel=\"deprecation\"")
        : answer;
  }

  private static void requirePicture(String address) {
    Matcher matcher = DATA_URI.matcher(address);
    if (!matcher.matches()) {
      throw refusal(400, "image_url is no data URI of a PNG or JPEG file");
    }
    try {
      byte[] file = Base64.getDecoder().decode(matcher.group(2));
      if (ImageIO.read(new ByteArrayInputStream(file)) == null) {
        throw refusal(400, "image_url is no picture");
      }
    } catch (IOException e) {
      throw refusal(400, "image_url is a broken picture");
    }
  }

  /** From now on open tasks stay as told, {@code PENDING} or {@code IN_PROGRESS}. */
  public void hold(String status, int progress) {
    held = new Held(status, progress);
  }

  /** Open tasks go on. */
  public void goOn() {
    held = null;
  }

  /** From now on models are these. */
  public void sculpt(byte[] glb, byte[] picture) {
    model = glb;
    preview = picture;
  }

  private Answer tell(Task task) {
    Held as = held;
    if (task.isOpen() && as != null) {
      task.status = as.status();
    } else if (task.isOpen()) {
      task.polls++;
      if (task.polls >= pollsUntilDone) {
        End end = ends.poll();
        task.status = end == null ? "SUCCEEDED" : end.status();
        task.message = end == null ? "" : end.message();
        task.type = end == null ? null : end.type();
        task.code = end == null ? null : end.code();
      } else if (task.polls > 1) {
        task.status = "IN_PROGRESS";
      }
    }
    boolean done = task.status.equals("SUCCEEDED");
    JsonObjectBuilder files = Json.createObjectBuilder();
    if (done) {
      files.add("glb", url() + "/files/" + task.id + "/model.glb?Expires=1&Signature=abc");
    }
    JsonObjectBuilder answer =
        Json.createObjectBuilder()
            .add("id", task.id)
            .add("type", "image-to-3d")
            .add("status", task.status)
            .add("progress", done ? 100 : task.isOpen() ? progress(task) : 0)
            .add("created_at", task.createdAt)
            .add("started_at", task.status.equals("PENDING") ? 0 : task.createdAt)
            .add("finished_at", task.isOpen() ? 0 : task.createdAt)
            .add("preceding_tasks", 0)
            .add("model_urls", files)
            .add("thumbnail_url", done ? url() + "/files/" + task.id + "/preview.png" : "")
            .add("texture_urls", JsonValue.EMPTY_JSON_ARRAY)
            .add("task_error", taskError(task))
            .add("consumed_credits", done ? CREDITS : 0);
    return Answer.json(200, answer.build().toString());
  }

  private static JsonObjectBuilder taskError(Task task) {
    JsonObjectBuilder error = Json.createObjectBuilder().add("message", task.message);
    if (task.type != null) {
      error.add("type", task.type);
    }
    return task.code == null ? error : error.add("code", task.code);
  }

  private int progress(Task task) {
    Held as = held;
    if (as != null) {
      return as.progress();
    }
    return task.status.equals("PENDING") ? 0 : Math.min(99, 100 * task.polls / pollsUntilDone);
  }

  private Answer delete(Task task) {
    if (task.status.equals("IN_PROGRESS")) {
      return error(409, "Task is in progress");
    }
    tasks.remove(task.id);
    return new Answer(200, Map.of(), new byte[0]);
  }

  private Answer file(Received request, String path) {
    if (request.header("Authorization") != null) {
      throw refusal(400, "a key where it does not belong");
    }
    String[] parts = path.split("/", -1);
    if (parts.length != 4 || !tasks.containsKey(parts[2])) {
      return error(404, "Not found");
    }
    return switch (parts[3]) {
      case "model.glb" -> Answer.file("model/gltf-binary", model);
      case "preview.png" -> Answer.file("image/png", preview);
      default -> throw refusal(404, "a file nobody needs");
    };
  }

  /** An answer in Meshy's form that does not blame the client. */
  public static Answer error(int status, String message) {
    return Answer.json(
        status, Json.createObjectBuilder().add("message", message).build().toString());
  }

  private static Refusal refusal(int status, String message) {
    return new Refusal(
        status, Json.createObjectBuilder().add("message", message).build().toString());
  }
}
