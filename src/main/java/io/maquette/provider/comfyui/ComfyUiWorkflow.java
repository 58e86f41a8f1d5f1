package io.maquette.provider.comfyui;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.json.GuardedJson;
import io.maquette.provider.NumberRange;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Workflow of the operator in ComfyUI's API format. An input is named by its value: {@code
 * {{picture}}}, {@code {{seed}}} or {@code {{faces:1000-200000=50000}}} with the smallest, largest
 * and default number of faces.
 */
final class ComfyUiWorkflow {

  private static final int MAX_BYTES = 4 << 20;

  private static final Pattern NAMED = Pattern.compile("\\{\\{.*}}", Pattern.DOTALL);

  private static final Pattern FACES =
      Pattern.compile("\\{\\{faces:([0-9]{1,9})-([0-9]{1,9})=([0-9]{1,9})}}");

  private static final String PICTURE = "{{picture}}";
  private static final String SEED = "{{seed}}";

  /** Choice of the number of faces. */
  private record Faces(NumberRange range, int standard) {}

  private final JsonObject nodes;
  private boolean hasPicture;
  private boolean hasSeed;
  private Faces faces;

  private ComfyUiWorkflow(JsonObject nodes) {
    this.nodes = nodes;
    nodes.forEach(this::check);
    if (!hasPicture) {
      throw new IllegalArgumentException(
          "no input of a node has the value " + PICTURE + ", so the picture has no place");
    }
  }

  /**
   * Reads the file that the setting names.
   *
   * @param file value of {@code maquette.comfyui.workflow}
   * @throws IllegalStateException with the setting and the reason, if it is unusable
   */
  static ComfyUiWorkflow read(String file) {
    String setting = ProviderSetting.COMFYUI_WORKFLOW.name();
    if (file.isEmpty()) {
      throw new IllegalStateException(
          setting + " is not set, but " + Setting.MODEL_PROVIDERS.name() + " names comfyui");
    }
    try (InputStream content = Files.newInputStream(Path.of(file))) {
      byte[] text = content.readNBytes(MAX_BYTES + 1);
      if (text.length > MAX_BYTES) {
        throw new IllegalArgumentException("it is larger than " + MAX_BYTES + " bytes");
      }
      return of(text);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalStateException(
          setting + "=" + file + " cannot be read: " + e.getClass().getSimpleName(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(setting + "=" + file + " is unusable: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a workflow.
   *
   * @throws IllegalArgumentException with the reason, if it is unusable
   */
  static ComfyUiWorkflow of(byte[] text) {
    JsonObject all;
    try {
      all = GuardedJson.object(new ByteArrayInputStream(text));
    } catch (JsonException e) {
      throw new IllegalArgumentException("it is not a JSON object", e);
    }
    if (all.get("nodes") instanceof JsonArray) {
      throw new IllegalArgumentException(
          "it has the format of the editor. In ComfyUI, use the menu entry Export (API)");
    }
    return new ComfyUiWorkflow(all);
  }

  private void check(String id, JsonValue value) {
    if (!(value instanceof JsonObject node)
        || !(node.get("class_type") instanceof JsonString type)
        || !(node.get("inputs") instanceof JsonObject inputs)) {
      throw new IllegalArgumentException("node " + id + " has no class_type or no inputs");
    }
    String where = "node " + id + " (" + type.getString() + ")";
    for (Map.Entry<String, JsonValue> input : inputs.entrySet()) {
      if (input.getValue() instanceof JsonArray link) {
        checkLink(where, input.getKey(), link);
      } else if (input.getValue() instanceof JsonString text
          && NAMED.matcher(text.getString()).matches()) {
        checkName(where, text.getString());
      }
    }
  }

  private void checkLink(String where, String input, JsonArray link) {
    if (link.size() == 2
        && link.get(0) instanceof JsonString source
        && link.get(1) instanceof JsonNumber
        && !nodes.containsKey(source.getString())) {
      throw new IllegalArgumentException(
          where + " takes " + input + " from node " + source.getString() + ", which is missing");
    }
  }

  private void checkName(String where, String name) {
    Matcher limits = FACES.matcher(name);
    if (name.equals(PICTURE)) {
      hasPicture = true;
    } else if (name.equals(SEED)) {
      hasSeed = true;
    } else if (limits.matches()) {
      long standard = Long.parseLong(limits.group(3));
      NumberRange range =
          new NumberRange(Long.parseLong(limits.group(1)), Long.parseLong(limits.group(2)));
      if (!range.contains(standard) || range.min() < 1) {
        throw new IllegalArgumentException(where + " has a number out of range in " + name);
      }
      faces = new Faces(range, (int) standard);
    } else {
      throw new IllegalArgumentException(
          where
              + " has the unknown named input "
              + name
              + ". Known are "
              + PICTURE
              + ", "
              + SEED
              + " and {{faces:MIN-MAX=DEFAULT}}");
    }
  }

  /** Returns whether a job can have a seed. */
  boolean hasSeed() {
    return hasSeed;
  }

  /** Returns the accepted numbers of faces; empty if there is no choice. */
  Optional<NumberRange> faces() {
    return Optional.ofNullable(faces).map(Faces::range);
  }

  /**
   * Returns the workflow of one job.
   *
   * @param picture name of the uploaded picture
   * @param number number of faces; empty for the default of the file
   */
  JsonObject filled(String picture, long seed, Optional<Integer> number) {
    JsonObjectBuilder all = Json.createObjectBuilder();
    nodes.forEach(
        (id, node) -> {
          JsonObjectBuilder inputs = Json.createObjectBuilder();
          node.asJsonObject()
              .getJsonObject("inputs")
              .forEach((name, value) -> inputs.add(name, filled(value, picture, seed, number)));
          all.add(id, Json.createObjectBuilder(node.asJsonObject()).add("inputs", inputs));
        });
    return all.build();
  }

  private JsonValue filled(JsonValue value, String picture, long seed, Optional<Integer> number) {
    if (!(value instanceof JsonString text) || !NAMED.matcher(text.getString()).matches()) {
      return value;
    }
    return switch (text.getString()) {
      case PICTURE -> Json.createValue(picture);
      case SEED -> Json.createValue(seed);
      default -> Json.createValue(number.orElse(faces.standard()));
    };
  }
}
