package io.maquette.it.simulator;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * DashScope's text-to-image and task interfaces (help.aliyun.com, Model Studio: Wan text-to-image
 * V2, Asynchronous task management).
 */
public final class DashScopeSimulator extends PictureSimulator {

  private static final String WRONG =
      "{\"code\":\"InvalidParameter\",\"message\":\"%s\",\"request_id\":\"r-1\"}";

  private static final class Task {
    private final String id = UUID.randomUUID().toString();
    private String model;
    private String prompt;
    private long createdAt;
    private int asked;
    private boolean cancelled;
    private String url;
  }

  private static final String TASKS = "/api/v1/tasks/";

  private final Map<String, Task> tasks = Collections.synchronizedMap(new LinkedHashMap<>());
  private volatile int pending = 1;
  private volatile int running = 1;
  private volatile String failure;
  private volatile boolean pictureFails;
  private volatile int mostOpen;

  /** From now on tasks answer so often PENDING, then so often RUNNING, before they end. */
  public void takeTime(int pendingAnswers, int runningAnswers) {
    pending = pendingAnswers;
    running = runningAnswers;
  }

  /** From now on tasks end as FAILED with this code; null for success. */
  public void endAs(String code) {
    failure = code;
    pictureFails = false;
  }

  /** From now on tasks SUCCEED, but their picture has this code instead of an address. */
  public void endWithoutPicture(String code) {
    failure = code;
    pictureFails = true;
  }

  /** Tasks taken in that have not ended. */
  public synchronized int open() {
    return (int)
        tasks.values().stream()
            .filter(task -> !task.cancelled && task.asked <= pending + running)
            .count();
  }

  /** The most tasks ever open at once. */
  public int mostOpen() {
    return mostOpen;
  }

  /** Tasks that were cancelled. */
  public synchronized long cancelled() {
    return tasks.values().stream().filter(task -> task.cancelled).count();
  }

  /** All tasks are forgotten, as after 24 hours. */
  public void forget() {
    tasks.clear();
  }

  @Override
  public boolean isSubmission(Received request) {
    return request.uri().getPath().equals("/api/v1/services/aigc/text2image/image-synthesis")
        || isSynchronous(request);
  }

  /** Whether a request asks the synchronous interface for a picture. */
  public static boolean isSynchronous(Received request) {
    return request.uri().getPath().equals("/api/v1/services/aigc/multimodal-generation/generation");
  }

  /** Whether a request asks for a task. */
  public boolean isQuestion(Received request) {
    return request.method().equals("GET")
        && request.uri().getPath().startsWith(TASKS)
        && !isListing(request);
  }

  /** Whether a request lists tasks. */
  public boolean isListing(Received request) {
    return request.method().equals("GET") && request.uri().getPath().equals(TASKS);
  }

  /** A task that somebody else with the same account has handed in at that time. */
  public synchronized void takeFromElsewhere(String model, String prompt, Instant at) {
    add(model, prompt, 0).createdAt = at.toEpochMilli();
  }

  /** Whether a request cancels a task. */
  public boolean isCancellation(Received request) {
    return request.uri().getPath().endsWith("/cancel");
  }

  @Override
  public String requestId() {
    return "r-1";
  }

  /** One of DashScope's codes, or an HTTP status. */
  @Override
  protected Answer refusal(String code) {
    return switch (code) {
      case "InvalidApiKey" -> error(401, code, "Invalid API-key provided.");
      case "Arrearage", "DataInspectionFailed", "IPInfringementSuspect", "InvalidParameter" ->
          error(400, code, "refused");
      case "AllocationQuota.FreeTierOnly", "Model.AccessDenied" -> error(403, code, "refused");
      case "ModelNotFound" -> error(404, code, "Model can not be found.");
      case "Throttling.RateQuota", "Throttling" ->
          error(429, code, "Requests rate limit exceeded, please try again later.")
              .with("Retry-After", "7");
      default -> error(Integer.parseInt(code), "InternalError", "refused");
    };
  }

  private static Answer error(int status, String code, String message) {
    return Answer.json(
        status,
        Json.createObjectBuilder()
            .add("code", code)
            .add("message", message)
            .add("request_id", "r-1")
            .build()
            .toString());
  }

  @Override
  protected Answer answer(Received request) {
    if (isFile(request)) {
      return file(request);
    }
    if (!hasKey(request)) {
      return refusal("InvalidApiKey");
    }
    if (isSynchronous(request)) {
      return drawAtOnce(request);
    }
    if (isSubmission(request)) {
      return submit(request);
    }
    String path = request.uri().getPath();
    if (isListing(request)) {
      return list(request);
    }
    if (isQuestion(request)) {
      return question(path.substring(TASKS.length()));
    }
    if (isCancellation(request) && request.method().equals("POST")) {
      return cancel(path.replaceAll("^/api/v1/tasks/|/cancel$", ""));
    }
    return error(404, "NotFound", "no such address");
  }

  /** Models that have the other interface alone are refused like this. */
  private static Answer wrongInterface() {
    return error(400, "InvalidParameter", "url error, please check url!");
  }

  private static boolean isOfSynchronousModel(JsonObject body) {
    return body.getString("model", "").matches("(wan2\\.[6-9]|qwen-image|z-image).*");
  }

  private Answer drawAtOnce(Received request) {
    if (request.header("X-DashScope-Async") != null) {
      throw new Refusal(400, WRONG.replace("%s", "X-DashScope-Async"));
    }
    JsonObject body = post(request, WRONG);
    Set<String> fields = Set.of("model", "input", "parameters");
    requireFields(body, fields, fields, WRONG);
    if (!isOfSynchronousModel(body)) {
      return wrongInterface();
    }
    JsonObject message = body.getJsonObject("input").getJsonArray("messages").getJsonObject(0);
    requireText(message.getJsonArray("content").getJsonObject(0), "text", WRONG);
    require(message, "role", text("user"), WRONG);
    requireFields(
        body.getJsonObject("parameters"),
        Set.of("size", "n"),
        Set.of("size", "n", "negative_prompt", "seed", "prompt_extend", "watermark"),
        WRONG);
    if (!body.getJsonObject("parameters").getString("size").matches("[0-9]+\\*[0-9]+")) {
      throw new Refusal(400, WRONG.replace("%s", "size"));
    }
    JsonObjectBuilder picture = Json.createObjectBuilder().add("image", addressOf(accept()));
    return Answer.json(
        200,
        Json.createObjectBuilder()
            .add("request_id", requestId())
            .add(
                "output",
                Json.createObjectBuilder()
                    .add(
                        "choices",
                        Json.createArrayBuilder()
                            .add(
                                Json.createObjectBuilder()
                                    .add("finish_reason", "stop")
                                    .add(
                                        "message",
                                        Json.createObjectBuilder()
                                            .add("role", "assistant")
                                            .add(
                                                "content",
                                                Json.createArrayBuilder()
                                                    .add(
                                                        Json.createObjectBuilder()
                                                            .add("text", "a picture"))
                                                    .add(picture))))))
            .build()
            .toString());
  }

  private synchronized Answer submit(Received request) {
    if (!"enable".equals(request.header("X-DashScope-Async"))) {
      throw new Refusal(
          403,
          "{\"code\":\"AccessDenied\",\"message\":\"current user api does not support synchronous"
              + " calls\",\"request_id\":\"r-1\"}");
    }
    JsonObject body = post(request, WRONG);
    Set<String> fields = Set.of("model", "input", "parameters");
    requireFields(body, fields, fields, WRONG);
    requireText(body, "model", WRONG);
    if (isOfSynchronousModel(body)) {
      return wrongInterface();
    }
    JsonObject input = body.getJsonObject("input");
    requireFields(input, Set.of("prompt"), Set.of("prompt", "negative_prompt"), WRONG);
    requireText(input, "prompt", WRONG);
    JsonObject parameters = body.getJsonObject("parameters");
    requireFields(
        parameters,
        Set.of("size", "n"),
        Set.of("size", "n", "seed", "prompt_extend", "watermark"),
        WRONG);
    if (!parameters.getString("size").matches("1024\\*1024|1280\\*720")) {
      throw new Refusal(400, WRONG.replace("%s", "size"));
    }
    require(parameters, "n", Json.createValue(1), WRONG);
    Task task = add(body.getString("model"), input.getString("prompt"), accept());
    mostOpen = Math.max(mostOpen, open());
    return Answer.json(
        200,
        Json.createObjectBuilder()
            .add("request_id", requestId())
            .add(
                "output",
                Json.createObjectBuilder().add("task_id", task.id).add("task_status", "PENDING"))
            .build()
            .toString());
  }

  private Task add(String model, String prompt, int number) {
    Task task = new Task();
    task.model = model;
    task.prompt = prompt;
    task.createdAt = System.currentTimeMillis();
    task.url = addressOf(number);
    tasks.put(task.id, task);
    return task;
  }

  /** The newest first, as in the example of the documentation. */
  private synchronized Answer list(Received request) {
    Map<String, String> query = new HashMap<>();
    for (String parameter : request.uri().getQuery().split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      query.put(pair[0], pair[1]);
    }
    if (!Set.of("model_name", "page_no", "page_size").equals(query.keySet())) {
      throw new Refusal(400, WRONG.replace("%s", query.toString()));
    }
    List<Task> all =
        new ArrayList<>(
            tasks.values().stream()
                .filter(task -> task.model.equals(query.get("model_name")))
                .toList());
    Collections.reverse(all);
    int size = Integer.parseInt(query.get("page_size"));
    int page = Integer.parseInt(query.get("page_no"));
    JsonArrayBuilder data = Json.createArrayBuilder();
    all.stream()
        .skip((page - 1L) * size)
        .limit(size)
        .forEach(
            task ->
                data.add(
                    Json.createObjectBuilder()
                        .add("api_key_id", "1")
                        .add("gmt_create", task.createdAt)
                        .add("model_name", task.model)
                        .add("region", "cn-beijing")
                        .add("request_id", requestId())
                        .add("status", status(task))
                        .add("task_id", task.id)));
    return Answer.json(
        200,
        Json.createObjectBuilder()
            .add("total", all.size())
            .add("data", data)
            .add("total_page", (all.size() + size - 1) / size)
            .add("page_no", page)
            .add("request_id", "r-4")
            .add("page_size", size)
            .build()
            .toString());
  }

  private String status(Task task) {
    if (task.cancelled) {
      return "CANCELED";
    }
    if (task.asked <= pending) {
      return "PENDING";
    }
    if (task.asked <= pending + running) {
      return "RUNNING";
    }
    return failure != null && !pictureFails ? "FAILED" : "SUCCEEDED";
  }

  private synchronized Answer question(String id) {
    Task task = tasks.get(id);
    JsonObjectBuilder output = Json.createObjectBuilder().add("task_id", id);
    if (task == null) {
      output.add("task_status", "UNKNOWN");
    } else if (task.cancelled) {
      output.add("task_status", "CANCELED");
    } else {
      task.asked++;
      output.add("submit_time", "2026-11-25 09:36:31.896");
      output.add("task_status", status(task));
      if (task.asked > pending) {
        output.add("scheduled_time", "2026-11-25 09:36:39.009");
      }
      if (task.asked > pending + running) {
        end(task, output);
      }
    }
    return Answer.json(
        200,
        Json.createObjectBuilder()
            .add("request_id", "r-2")
            .add("output", output)
            .build()
            .toString());
  }

  private void end(Task task, JsonObjectBuilder output) {
    output.add("end_time", "2026-11-25 09:36:45.913");
    if (failure != null && !pictureFails) {
      output.add("code", failure).add("message", "it failed");
      return;
    }
    JsonArrayBuilder results = Json.createArrayBuilder();
    if (failure == null) {
      results.add(
          Json.createObjectBuilder()
              .add("orig_prompt", task.prompt)
              .add("actual_prompt", "something else")
              .add("url", task.url));
    } else {
      results.add(
          Json.createObjectBuilder().add("code", failure).add("message", "it is not shown"));
    }
    output.add("results", results);
  }

  private synchronized Answer cancel(String id) {
    Task task = tasks.get(id);
    if (task == null || task.cancelled || task.asked > pending) {
      return error(
          400,
          "UnsupportedOperation",
          "Failed to cancel the task, please confirm if the task is in PENDING status.");
    }
    task.cancelled = true;
    return Answer.json(200, "{\"request_id\":\"r-3\"}");
  }
}
