package io.maquette.it.simulator;

import io.maquette.storage.FileType;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * OpenAI's images, chat and models interfaces (developers.openai.com, API reference and
 * deprecations, 2026-11-30). As there, the GPT image models answer with base64 alone and refuse
 * {@code response_format}; the others heed it. The reasoning models refuse {@code temperature}.
 * Models that were shut down by that day are not found; unknown names are those of compatible
 * servers.
 */
public final class OpenAiSimulator extends PictureSimulator {

  private static final String WRONG = error("%s", "invalid_request_error", null);

  private static final Set<String> SHUT_DOWN =
      Set.of("gpt-image-1", "dall-e-2", "dall-e-3", "gpt-3.5-turbo", "gpt-4", "o3-mini", "o4-mini");

  /** Models of the list, with the announced dates. */
  private static final Map<String, String> LISTED =
      Map.of(
          "gpt-image-2.6-flare", "",
          "gpt-image-2.6-sunburst", "",
          "gpt-image-1.5", "2026-12-01",
          "gpt-6-luna", "",
          "gpt-4o-mini", "2027-01-14");

  private final AtomicInteger chats = new AtomicInteger();
  private final Map<String, Answer> refusedOptions = new ConcurrentHashMap<>();
  private volatile String words;
  private volatile String prefix = "/v1";

  @Override
  public boolean isSubmission(Received request) {
    return request.uri().getPath().equals(prefix + "/images/generations");
  }

  /** From now on the interface is under this path, instead of {@code /v1}. */
  public void liesAt(String path) {
    prefix = path;
  }

  /** From now on a conversation that has this option is refused with this answer. */
  public void refuseOption(String option, Answer answer) {
    refusedOptions.put(option, answer);
  }

  /** Whether a request asks for a new version of a picture, which is paid for, too. */
  public boolean isEdit(Received request) {
    return request.uri().getPath().equals(prefix + "/images/edits");
  }

  /** Refuses the next new version with an error code. */
  public void failNextEdit(String code) {
    next(this::isEdit, instead(refusal(code)));
  }

  /** Whether a request goes on with a conversation. */
  public boolean isChat(Received request) {
    return request.uri().getPath().equals(prefix + "/chat/completions");
  }

  /** Whether a request asks for the list of models. */
  public boolean isList(Received request) {
    return request.uri().getPath().equals(prefix + "/models");
  }

  /** From now on the chat model says this; null for four usable variants. */
  public void say(String content) {
    words = content;
  }

  /** Conversations gone on with. */
  public int chats() {
    return chats.get();
  }

  /** Refuses the next conversation with an error code. */
  public void failNextChat(String code) {
    next(this::isChat, instead(refusal(code)));
  }

  @Override
  public String requestId() {
    return "req_0123456789";
  }

  private Answer named(Answer answer) {
    return answer.with("x-request-id", requestId());
  }

  /** One of OpenAI's codes, or an HTTP status. */
  @Override
  protected Answer refusal(String code) {
    return named(error(code));
  }

  private static Answer error(String code) {
    return switch (code) {
      case "content_policy_violation" ->
          Answer.json(
              400, error("Your request was rejected by our safety system.", "invalid", code));
      case "moderation_blocked" ->
          Answer.json(
              400, error("Your request was rejected.", "image_generation_user_error", code));
      case "insufficient_quota" ->
          Answer.json(429, error("You exceeded your current quota.", "insufficient_quota", code));
      case "billing_hard_limit_reached" ->
          Answer.json(
              400, error("Billing hard limit has been reached", "invalid_request_error", code));
      case "rate_limit_exceeded" ->
          Answer.json(429, error("Rate limit reached.", "requests", code)).with("Retry-After", "7");
      case "invalid_api_key" ->
          Answer.json(401, error("Incorrect API key provided.", "invalid_request_error", code));
      case "model_not_found" ->
          Answer.json(
              404, error("The model does not exist or you do not have access", "invalid", code));
      default -> Answer.json(Integer.parseInt(code), error("refused", "server_error", null));
    };
  }

  private static String error(String message, String type, String code) {
    return Json.createObjectBuilder()
        .add(
            "error",
            Json.createObjectBuilder()
                .add("message", message)
                .add("type", type)
                .add("param", JsonValue.NULL)
                .add("code", code == null ? JsonValue.NULL : text(code)))
        .build()
        .toString();
  }

  @Override
  protected Answer answer(Received request) {
    if (isFile(request)) {
      return file(request);
    }
    if (!hasKey(request)) {
      return refusal("invalid_api_key");
    }
    if (isSubmission(request)) {
      return draw(post(request, WRONG));
    }
    if (isEdit(request)) {
      return edit(parts(request));
    }
    if (isList(request)) {
      return list(request);
    }
    return isChat(request) ? chat(post(request, WRONG)) : refusal("404");
  }

  private static Answer list(Received request) {
    if (!request.method().equals("GET")) {
      throw new Refusal(405, WRONG.replace("%s", request.method()));
    }
    JsonArrayBuilder models = Json.createArrayBuilder();
    LISTED.forEach(
        (id, date) ->
            models.add(
                Json.createObjectBuilder()
                    .add("id", id)
                    .add("created", 1_795_000_000)
                    .add("object", "model")
                    .add("owned_by", "openai")
                    .add("shutdown_date", date.isEmpty() ? JsonValue.NULL : text(date))));
    return Answer.json(
        200,
        Json.createObjectBuilder().add("object", "list").add("data", models).build().toString());
  }

  private Answer edit(Map<String, byte[]> parts) {
    JsonObjectBuilder body = Json.createObjectBuilder();
    parts.forEach(
        (name, content) -> {
          if (!name.equals("image")) {
            body.add(name, new String(content, StandardCharsets.UTF_8));
          }
        });
    byte[] image = parts.get("image");
    if (image == null || FileType.ofHead(image).filter(FileType.pictures()::contains).isEmpty()) {
      throw new Refusal(400, WRONG.replace("%s", "image"));
    }
    return draw(body.add("n", Integer.parseInt(text(parts, "n"))).build());
  }

  private static String text(Map<String, byte[]> parts, String name) {
    return new String(parts.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
  }

  /** The parts of a form by their names, each there once. */
  public static Map<String, byte[]> parts(Received request) {
    String type = String.valueOf(request.header("Content-Type"));
    if (!type.matches("multipart/form-data; *boundary=\\S+")) {
      throw new Refusal(400, WRONG.replace("%s", type));
    }
    Map<String, byte[]> parts = new LinkedHashMap<>();
    String mark = "--" + type.substring(type.indexOf("boundary=") + 9).replace("\"", "");
    String body = new String(request.body(), StandardCharsets.ISO_8859_1);
    int at = body.indexOf(mark);
    while (!body.startsWith(mark + "--", at)) {
      int head = at + mark.length() + 2;
      int content = body.indexOf("\r\n\r\n", head) + 4;
      int end = body.indexOf("\r\n" + mark, content);
      String name =
          body.substring(head, content).replaceFirst("(?s).*?\\bname=\"([^\"]+)\".*", "$1");
      byte[] value = body.substring(content, end).getBytes(StandardCharsets.ISO_8859_1);
      if (parts.put(name, value) != null) {
        throw new Refusal(400, WRONG.replace("%s", name + " twice"));
      }
      at = end + 2;
    }
    return parts;
  }

  private Answer draw(JsonObject body) {
    requireFields(
        body,
        Set.of("model", "prompt", "n", "size"),
        Set.of("model", "prompt", "n", "size", "quality", "response_format"),
        WRONG);
    requireText(body, "model", WRONG);
    requireText(body, "prompt", WRONG);
    require(body, "n", Json.createValue(1), WRONG);
    if (!body.getString("size").matches("[0-9]+x[0-9]+")) {
      throw new Refusal(400, WRONG);
    }
    if (SHUT_DOWN.contains(body.getString("model"))) {
      return refusal("model_not_found");
    }
    boolean gpt = body.getString("model").startsWith("gpt-image");
    if (gpt && !body.getString("quality", "auto").matches("auto|low|medium|high|xhigh|max")) {
      throw new Refusal(400, error("Invalid value", "invalid_request_error", "invalid_value"));
    }
    if (gpt && body.containsKey("response_format")) {
      throw new Refusal(400, error("Unknown parameter", "invalid", "unknown_parameter"));
    }
    int number = accept();
    JsonObjectBuilder picture = Json.createObjectBuilder();
    if (gpt || body.getString("response_format", "url").equals("b64_json")) {
      picture.add("b64_json", Base64.getEncoder().encodeToString(picture()));
    } else {
      picture.add("url", addressOf(number)).add("revised_prompt", "something else");
    }
    return named(
        Answer.json(
            200,
            Json.createObjectBuilder()
                .add("created", 1_795_000_000)
                .add("data", Json.createArrayBuilder().add(picture))
                .add("usage", Json.createObjectBuilder().add("total_tokens", 100))
                .build()
                .toString()));
  }

  private Answer chat(JsonObject body) {
    String model = body.getString("model", "");
    if (SHUT_DOWN.contains(model)) {
      return refusal("model_not_found");
    }
    String option = model.startsWith("gpt-6") ? "reasoning_effort" : "temperature";
    Set<String> fields = Set.of("model", "messages", option, "response_format");
    for (Map.Entry<String, Answer> refused : refusedOptions.entrySet()) {
      if (body.containsKey(refused.getKey())) {
        return refused.getValue();
      }
    }
    Set<String> needed = new HashSet<>(fields);
    needed.removeAll(refusedOptions.keySet());
    requireFields(body, needed, fields, WRONG);
    requireText(body, "model", WRONG);
    if (needed.contains("temperature")) {
      require(body, "temperature", Json.createValue(0), WRONG);
    }
    if (needed.contains("reasoning_effort")) {
      require(body, "reasoning_effort", text("low"), WRONG);
    }
    if (needed.contains("response_format")) {
      require(
          body,
          "response_format",
          Json.createObjectBuilder().add("type", "json_object").build(),
          WRONG);
    }
    JsonArray messages = body.getJsonArray("messages");
    JsonObject task = messages.getJsonObject(0);
    JsonObject user = messages.getJsonObject(1);
    if (messages.size() != 2
        || !task.getString("role").equals("system")
        || !task.getString("content").contains("JSON")
        || !user.getString("role").equals("user")) {
      throw new Refusal(400, WRONG);
    }
    chats.incrementAndGet();
    String content = words != null ? words : variants(user.getString("content"));
    return Answer.json(
        200,
        Json.createObjectBuilder()
            .add("id", "chatcmpl-1")
            .add("object", "chat.completion")
            .add("created", 1_795_000_000)
            .add("model", body.get("model"))
            .add(
                "choices",
                Json.createArrayBuilder()
                    .add(
                        Json.createObjectBuilder()
                            .add("index", 0)
                            .add(
                                "message",
                                Json.createObjectBuilder()
                                    .add("role", "assistant")
                                    .add("content", content)
                                    .add("refusal", JsonValue.NULL))
                            .add("finish_reason", "stop")))
            .add("usage", Json.createObjectBuilder().add("total_tokens", 100))
            .build()
            .toString());
  }

  private static String variants(String sentence) {
    JsonArrayBuilder variants = Json.createArrayBuilder();
    for (String style : new String[] {"flat", "clay", "relief", "low-poly"}) {
      variants.add(sentence + ", as the model sees it, " + style);
    }
    return Json.createObjectBuilder().add("variants", variants).build().toString();
  }
}
