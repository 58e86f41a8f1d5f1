package io.maquette.provider.comfyui;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Job in ComfyUI's history: {@code {status: {status_str, messages}, outputs}}. Values of other
 * types count as missing.
 */
record ComfyUiJob(JsonObject entry) {

  /** Files of one job that are considered. */
  private static final int MAX_FILES = 100;

  /** Returns the job with an id; empty if the history does not have it. */
  static Optional<ComfyUiJob> of(JsonValue history, String id) {
    return history instanceof JsonObject all && all.get(id) instanceof JsonObject entry
        ? Optional.of(new ComfyUiJob(entry))
        : Optional.empty();
  }

  /** Returns {@code success} or {@code error}; empty if the history has no status. */
  String status() {
    return text(object(entry, "status"), "status_str");
  }

  /** Returns why the job failed; empty if the history has no reason. */
  String failure() {
    for (JsonValue message : array(object(entry, "status"), "messages")) {
      if (message instanceof JsonArray pair
          && pair.size() == 2
          && pair.get(0) instanceof JsonString kind
          && pair.get(1) instanceof JsonObject said) {
        if (kind.getString().equals("execution_error")) {
          return "node "
              + text(said, "node_id")
              + " ("
              + text(said, "node_type")
              + "): "
              + text(said, "exception_type")
              + ": "
              + text(said, "exception_message");
        }
        if (kind.getString().equals("execution_interrupted")) {
          return "interrupted at the server";
        }
      }
    }
    return "";
  }

  /**
   * Returns the addresses of the models that the job saved, those in the folder of results first.
   *
   * @param base path of the server's address, which may be empty
   */
  List<String> models(String base) {
    return object(entry, "outputs").values().stream()
        .filter(JsonObject.class::isInstance)
        .flatMap(output -> output.asJsonObject().values().stream())
        .filter(JsonArray.class::isInstance)
        .flatMap(files -> files.asJsonArray().stream())
        .filter(file -> file instanceof JsonObject one && isModel(one))
        .map(JsonValue::asJsonObject)
        .sorted((a, b) -> Boolean.compare(isTemporary(a), isTemporary(b)))
        .limit(MAX_FILES)
        .map(file -> address(base, file))
        .toList();
  }

  private static boolean isModel(JsonObject file) {
    return text(file, "filename").toLowerCase(Locale.ROOT).endsWith(".glb");
  }

  private static boolean isTemporary(JsonObject file) {
    return !text(file, "type").equals("output");
  }

  private static String address(String base, JsonObject file) {
    return base
        + "/view?"
        + String.join(
            "&",
            Stream.of("filename", "subfolder", "type")
                .map(name -> name + "=" + encoded(text(file, name)))
                .toList());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonObject object(JsonObject of, String name) {
    return of.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  private static JsonArray array(JsonObject of, String name) {
    return of.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
  }

  private static String text(JsonObject of, String name) {
    return of.get(name) instanceof JsonString text ? text.getString() : "";
  }
}
