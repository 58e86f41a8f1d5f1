package io.maquette.it.simulator;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;

/**
 * ComfyUI's native interface, as server.py and execution.py of ComfyUI 0.38 have it, read
 * 2026-11-30. The server does not check that an id is new. A job is pending at the first look at
 * the queue, running at the second, and then in the history. The nodes are LoadImage, ImageToMesh
 * (image, seed, faces) and SaveGLB.
 */
public final class ComfyUiSimulator extends Simulator {

  private static final Map<String, Set<String>> NODES =
      Map.of(
          "LoadImage", Set.of("image"),
          "ImageToMesh", Set.of("image", "seed", "faces"),
          "SaveGLB", Set.of("mesh", "filename_prefix"));

  private static final class Job {
    private final JsonObject graph;
    private final String failure;
    private int asked;
    private boolean cancelled;

    Job(JsonObject graph, String failure) {
      this.graph = graph;
      this.failure = failure;
    }
  }

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Set<String> pictures = new LinkedHashSet<>();
  private int accepted;
  private String nextFailure;
  private boolean savesNothing;
  private boolean cannotCancel;

  /** Lets the next accepted job fail with this message when it would be done. */
  public synchronized void failNext(String message) {
    nextFailure = message;
  }

  /** From now on jobs save no file. */
  public synchronized void saveNothing() {
    savesNothing = true;
  }

  /** From now on it is a version before 0.26, which cannot cancel a job by its id. */
  public synchronized void cannotCancel() {
    cannotCancel = true;
  }

  /** Forgets all jobs, as at a restart. */
  public synchronized void forgetJobs() {
    jobs.clear();
  }

  /** Submissions accepted so far. */
  public synchronized int accepted() {
    return accepted;
  }

  /** Whether a request submits a job. */
  public static boolean isSubmission(Received request) {
    return request.uri().getPath().equals("/prompt");
  }

  /** Whether a request uploads a picture. */
  public static boolean isUpload(Received request) {
    return request.uri().getPath().equals("/upload/image");
  }

  /** Whether a request asks for the jobs that have not ended. */
  public static boolean isQueue(Received request) {
    return request.uri().getPath().equals("/queue");
  }

  /** Whether a request asks for a job that has ended. */
  public static boolean isHistory(Received request) {
    return request.uri().getPath().startsWith("/history/");
  }

  @Override
  protected synchronized Answer answer(Received request) {
    if (request.header("Authorization") != null) {
      throw refusal("invalid_prompt", "a key where there is none", "");
    }
    String path = request.uri().getPath();
    return switch (request.method()
        + " "
        + path.replaceFirst("^(/history|/api/jobs)/[^/]+", "$1")) {
      case "POST /upload/image" -> upload(request);
      case "POST /prompt" -> submit(request);
      case "GET /queue" -> queue();
      case "GET /history" -> history(path.substring("/history/".length()));
      case "GET /view" -> view(request);
      case "POST /api/jobs/cancel" -> cancel(path.replaceAll("/api/jobs/|/cancel", ""));
      default -> throw new Refusal(404, "{\"error\":\"no such path\"}");
    };
  }

  private Answer upload(Received request) {
    Map<String, byte[]> parts = OpenAiSimulator.parts(request);
    if (!parts.keySet().equals(Set.of("image", "type", "overwrite"))
        || !text(parts, "type").equals("input")
        || !text(parts, "overwrite").equals("true")) {
      throw new Refusal(400, "{\"error\":\"the parts are " + parts.keySet() + "\"}");
    }
    try {
      if (ImageIO.read(new ByteArrayInputStream(parts.get("image"))) == null) {
        throw new Refusal(400, "{\"error\":\"no picture\"}");
      }
    } catch (IOException e) {
      throw new Refusal(400, "{\"error\":\"a broken picture\"}");
    }
    String head = new String(request.body(), StandardCharsets.ISO_8859_1);
    String name = head.replaceFirst("(?s).*?filename=\"([^\"]+)\".*", "$1");
    pictures.add(name);
    return Answer.json(200, "{\"name\":\"" + name + "\",\"subfolder\":\"\",\"type\":\"input\"}");
  }

  private static String text(Map<String, byte[]> parts, String name) {
    return new String(parts.get(name), StandardCharsets.UTF_8);
  }

  private Answer submit(Received request) {
    if (!String.valueOf(request.header("Content-Type")).startsWith("application/json")) {
      throw refusal("invalid_prompt", "the body is not declared as JSON", "");
    }
    JsonObject body = request.json();
    if (!body.keySet().equals(Set.of("prompt", "client_id", "prompt_id"))) {
      throw refusal("invalid_prompt", "the fields are " + body.keySet(), "");
    }
    String id = UUID.fromString(body.getString("prompt_id")).toString();
    JsonObject graph = body.getJsonObject("prompt");
    if (graph.values().stream().noneMatch(node -> typeOf(node).equals("SaveGLB"))) {
      return error("prompt_no_outputs", "Prompt has no outputs", "");
    }
    for (Map.Entry<String, JsonValue> node : graph.entrySet()) {
      String wrong = wrong(graph, node.getValue().asJsonObject());
      if (wrong != null) {
        return error(
            "prompt_outputs_failed_validation",
            "Prompt outputs failed validation",
            nodeError(node.getKey(), typeOf(node.getValue()), wrong));
      }
    }
    jobs.put(id, new Job(graph, nextFailure));
    nextFailure = null;
    accepted++;
    return Answer.json(
        200, "{\"prompt_id\":\"" + id + "\",\"number\":" + accepted + ",\"node_errors\":{}}");
  }

  private static String typeOf(JsonValue node) {
    return node.asJsonObject().getString("class_type");
  }

  private String wrong(JsonObject graph, JsonObject node) {
    Set<String> known = NODES.get(typeOf(node));
    if (known == null) {
      return "Node type not found";
    }
    JsonObject inputs = node.getJsonObject("inputs");
    if (!inputs.keySet().equals(known)) {
      return "the inputs are " + inputs.keySet();
    }
    for (Map.Entry<String, JsonValue> input : inputs.entrySet()) {
      JsonValue value = input.getValue();
      boolean fits =
          switch (input.getKey()) {
            case "seed", "faces" -> value.getValueType() == JsonValue.ValueType.NUMBER;
            case "filename_prefix" -> value instanceof JsonString;
            case "image" ->
                typeOf(node).equals("LoadImage")
                    ? value instanceof JsonString name && pictures.contains(name.getString())
                    : isLink(graph, value);
            default -> isLink(graph, value);
          };
      if (!fits) {
        return "Value not in list: " + input.getKey();
      }
    }
    return null;
  }

  private static boolean isLink(JsonObject graph, JsonValue value) {
    return value instanceof JsonArray link
        && link.size() == 2
        && graph.containsKey(link.getString(0));
  }

  private static String nodeError(String id, String type, String message) {
    return Json.createObjectBuilder()
        .add(
            id,
            Json.createObjectBuilder()
                .add("class_type", type)
                .add(
                    "errors",
                    Json.createArrayBuilder()
                        .add(
                            Json.createObjectBuilder()
                                .add("type", "value_not_in_list")
                                .add("message", message)
                                .add("details", "of the file"))))
        .build()
        .toString();
  }

  private Answer queue() {
    JsonArrayBuilder running = Json.createArrayBuilder();
    JsonArrayBuilder pending = Json.createArrayBuilder();
    jobs.forEach(
        (id, job) -> {
          job.asked++;
          if (job.asked <= 2 && !job.cancelled) {
            (job.asked == 1 ? pending : running)
                .add(
                    Json.createArrayBuilder()
                        .add(0)
                        .add(id)
                        .add(job.graph)
                        .add(Json.createObjectBuilder().add("client_id", "maquette"))
                        .add(Json.createArrayBuilder().add("3")));
          }
        });
    return Answer.json(
        200,
        Json.createObjectBuilder()
            .add("queue_running", running)
            .add("queue_pending", pending)
            .build()
            .toString());
  }

  private Answer history(String id) {
    Job job = jobs.get(id);
    if (job == null || (job.asked <= 2 && !job.cancelled)) {
      return Answer.json(200, "{}");
    }
    JsonArrayBuilder messages =
        Json.createArrayBuilder()
            .add(
                Json.createArrayBuilder()
                    .add("execution_start")
                    .add(Json.createObjectBuilder().add("prompt_id", id)));
    JsonObjectBuilder outputs = Json.createObjectBuilder();
    boolean isDone = job.failure == null && !job.cancelled;
    if (job.cancelled) {
      messages.add(
          Json.createArrayBuilder()
              .add("execution_interrupted")
              .add(Json.createObjectBuilder().add("node_id", "2")));
    } else if (job.failure != null) {
      messages.add(
          Json.createArrayBuilder()
              .add("execution_error")
              .add(
                  Json.createObjectBuilder()
                      .add("node_id", "2")
                      .add("node_type", "ImageToMesh")
                      .add("exception_type", "torch.OutOfMemoryError")
                      .add("exception_message", job.failure)));
    } else if (!savesNothing) {
      outputs
          .add("1", Json.createObjectBuilder().add("images", files("preview one.png", "temp")))
          .add("2", Json.createObjectBuilder().add("3d", files("draft.glb", "temp")))
          .add("3", Json.createObjectBuilder().add("3d", files("model 1.glb", "output")));
    }
    return Answer.json(
        200,
        Json.createObjectBuilder()
            .add(
                id,
                Json.createObjectBuilder()
                    .add("prompt", Json.createArrayBuilder().add(0).add(id).add(job.graph))
                    .add("outputs", outputs)
                    .add(
                        "status",
                        Json.createObjectBuilder()
                            .add("status_str", isDone ? "success" : "error")
                            .add("completed", isDone)
                            .add("messages", messages))
                    .add("meta", Json.createObjectBuilder()))
            .build()
            .toString());
  }

  private static JsonArrayBuilder files(String name, String type) {
    return Json.createArrayBuilder()
        .add(
            Json.createObjectBuilder()
                .add("filename", name)
                .add("subfolder", "mesh/a&b")
                .add("type", type));
  }

  private Answer view(Received request) {
    if (!"filename=model+1.glb&subfolder=mesh%2Fa%26b&type=output"
        .equals(request.uri().getRawQuery())) {
      return Answer.json(404, "{\"error\":\"no such file\"}");
    }
    return Answer.file("application/octet-stream", Tetrahedron.glb());
  }

  private Answer cancel(String id) {
    Job job = jobs.get(id);
    if (cannotCancel || job == null || job.asked > 2) {
      return Answer.json(404, "{\"error\":\"not found\"}");
    }
    job.cancelled = true;
    return Answer.json(200, "{}");
  }

  /** A refused workflow in ComfyUI's form that does not blame the client. */
  public static Answer error(String type, String message, String nodeErrors) {
    return Answer.json(400, body(type, message, nodeErrors));
  }

  private static Refusal refusal(String type, String message, String nodeErrors) {
    return new Refusal(400, body(type, message, nodeErrors));
  }

  private static String body(String type, String message, String nodeErrors) {
    return "{\"error\":{\"type\":\"%s\",\"message\":\"%s\",\"details\":\"\",\"extra_info\":{}},\"node_errors\":%s}"
        .formatted(type, message, nodeErrors.isEmpty() ? "{}" : nodeErrors);
  }
}
