package io.maquette.it.simulator;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;

/**
 * Tencent TokenHub's interface for 3D models, as cloud.tencent.com/document/product/1823/137181
 * (hy-3d-3.0 and 3.1), 137175 (hy-3d-express) and 131595 (errors) have it, read 2026-11-30. A job
 * is queued at its first query, in progress for those after it, and ends at the last one.
 */
public final class TokenHubSimulator extends Simulator {

  private static final Set<String> COMMON =
      Set.of("model", "prompt", "image_base64", "image_url", "result_format", "enable_pbr");

  private static final Set<String> PRO =
      Set.of("multi_view_images", "generate_type", "face_count", "polygon_type");

  private static final AtomicLong LAST_ID = new AtomicLong(1_457_237_233_311_637_504L);

  private static final class Job {
    private final String model;
    private final String format;
    private final String failure;
    private int asked;
    private boolean ended;

    Job(String model, String format, String failure) {
      this.model = model;
      this.format = format;
      this.failure = failure;
    }
  }

  private final String key;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private int pollsUntilDone = 2;
  private int accepted;
  private String nextFailure;

  /**
   * Starts it.
   *
   * @param key the one it accepts
   */
  public TokenHubSimulator(String key) {
    this.key = key;
  }

  /** Lets the next accepted job fail with this code when it would be done. */
  public synchronized void failNextJob(String code) {
    nextFailure = code;
  }

  /** Forgets all jobs, as it does after 24 hours. */
  public synchronized void forgetJobs() {
    jobs.clear();
  }

  /** Submissions accepted so far. */
  public synchronized int accepted() {
    return accepted;
  }

  /** Whether a request hands in a job. */
  public static boolean isSubmission(Received request) {
    return request.uri().getPath().endsWith("/submit");
  }

  /** Whether a request asks for a job. */
  public static boolean isQuery(Received request) {
    return request.uri().getPath().endsWith("/query");
  }

  @Override
  protected synchronized Answer answer(Received request) {
    String path = request.uri().getPath();
    if (path.startsWith("/files/")) {
      return file(request);
    }
    if (!("Bearer " + key).equals(request.header("Authorization"))) {
      throw refusal(401, "authentication_error", "401002", "API Key does not exist");
    }
    if (!request.method().equals("POST")
        || !String.valueOf(request.header("Content-Type")).startsWith("application/json")) {
      throw refusal(400, "invalid_request_error", "400001", "no POST of JSON");
    }
    return switch (path) {
      case "/v1/api/3d/submit" -> submit(request.json());
      case "/v1/api/3d/query" -> query(request.json());
      default -> throw refusal(404, "invalid_request_error", "404001", "no such path");
    };
  }

  private Answer file(Received request) {
    if (request.header("Authorization") != null) {
      throw refusal(400, "invalid_request_error", "400001", "a key where it does not belong");
    }
    return switch (request.uri().getPath().replaceFirst(".*\\.", "")) {
      case "glb" -> Answer.file("application/octet-stream", Tetrahedron.glb());
      case "png" -> Answer.file("image/png", Tetrahedron.png());
      default ->
          Answer.file("application/zip", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0});
    };
  }

  private Answer submit(JsonObject body) {
    String model = body.getString("model", "");
    boolean isExpress = model.equals("hy-3d-express");
    if (!isExpress && !model.equals("hy-3d-3.0") && !model.equals("hy-3d-3.1")) {
      return error(400, "invalid_request_error", "400002", "model '" + model + "' not found");
    }
    for (String name : body.keySet()) {
      if (!COMMON.contains(name) && (isExpress || !PRO.contains(name))) {
        throw refusal(400, "invalid_request_error", "400001", "unknown parameter " + name);
      }
    }
    if (!body.containsKey("image_base64")
        || body.containsKey("prompt")
        || body.containsKey("image_url")) {
      throw refusal(400, "invalid_request_error", "400001", "one of prompt and the images");
    }
    requirePicture(body.getString("image_base64"));
    String format = body.getString("result_format", null);
    if (format != null
        && !format.matches(isExpress ? "obj|glb|stl|usdz|fbx|mp4" : "stl|usdz|fbx")) {
      throw refusal(400, "invalid_request_error", "400001", "result_format " + format);
    }
    if (!isUnlimited() && open(model) >= (isExpress ? 1 : 3)) {
      return error(429, "rate_limit_error", "429001", "too many jobs at once");
    }
    String id = Long.toString(LAST_ID.incrementAndGet());
    jobs.put(id, new Job(model, format, nextFailure));
    nextFailure = null;
    accepted++;
    return Answer.json(200, job(id, "queued").add("created_at", 1_796_000_000).build().toString());
  }

  private long open(String model) {
    return jobs.values().stream().filter(job -> job.model.equals(model) && !job.ended).count();
  }

  private static void requirePicture(String base64) {
    try {
      byte[] content = Base64.getDecoder().decode(base64);
      if (ImageIO.read(new ByteArrayInputStream(content)) == null) {
        throw refusal(400, "invalid_request_error", "400001", "image_base64 is no picture");
      }
    } catch (IllegalArgumentException | IOException e) {
      throw refusal(400, "invalid_request_error", "400001", "image_base64 cannot be read");
    }
  }

  private Answer query(JsonObject body) {
    if (!body.keySet().equals(Set.of("model", "id"))) {
      throw refusal(400, "invalid_request_error", "400001", "model and id: " + body.keySet());
    }
    String id = body.getString("id");
    Job job = jobs.get(id);
    if (job == null || !job.model.equals(body.getString("model"))) {
      return error(400, "upstream_error", "FailedOperation.JobNotFound", "the job does not exist");
    }
    job.asked++;
    if (job.asked <= pollsUntilDone) {
      return Answer.json(
          200, job(id, job.asked == 1 ? "queued" : "in_progress").build().toString());
    }
    job.ended = true;
    JsonObjectBuilder answer = job(id, job.failure == null ? "completed" : "failed");
    if (job.failure != null) {
      answer.add(
          "error",
          Json.createObjectBuilder().add("code", job.failure).add("message", "as asked for"));
    } else {
      answer.add("data", files(id, job));
    }
    return Answer.json(200, answer.build().toString());
  }

  private JsonArrayBuilder files(String id, Job job) {
    JsonArrayBuilder files = Json.createArrayBuilder();
    if (job.format == null) {
      files.add(file("obj", id, "zip")).add(file("glb", id, "glb"));
    } else {
      files.add(file(job.format, id, job.format));
    }
    return files;
  }

  private JsonObjectBuilder file(String type, String id, String extension) {
    return Json.createObjectBuilder()
        .add("type", type)
        .add("url", url() + "/files/" + id + "." + extension + "?q-signature=abc")
        .add("preview_image_url", url() + "/files/" + id + ".png?q-signature=abc");
  }

  private static JsonObjectBuilder job(String id, String status) {
    return Json.createObjectBuilder()
        .add("id", id)
        .add("request_id", "req-" + id)
        .add("object", "3d_job")
        .add("status", status);
  }

  /** An error in TokenHub's form that does not blame the client. */
  public static Answer error(int status, String type, String code, String message) {
    return Answer.json(status, body(type, code, message));
  }

  private static Refusal refusal(int status, String type, String code, String message) {
    return new Refusal(status, body(type, code, message));
  }

  private static String body(String type, String code, String message) {
    return Json.createObjectBuilder()
        .add(
            "error",
            Json.createObjectBuilder()
                .add("type", type)
                .add("code", code)
                .add("message", message)
                .add("source", "gateway")
                .add("request_id", "req-0123456789"))
        .build()
        .toString();
  }
}
