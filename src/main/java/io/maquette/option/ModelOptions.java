package io.maquette.option;

import io.maquette.json.GuardedJson;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Options of a task's model. An empty component leaves the choice to the settings or the provider.
 *
 * @param providers names of the providers that may make the model, in order of preference; empty
 *     for any provider
 * @param faces approximate number of faces; positive
 * @param topology {@code triangle} or {@code quad}
 * @param texture whether the model has a texture
 * @param pbr whether the model has materials for physically based rendering (PBR)
 * @param seed random seed, 0 to {@link ImageOptions#MAX_SEED}
 * @param form form of the built-in studio, such as {@code relief}
 */
public record ModelOptions(
    List<String> providers,
    Optional<Integer> faces,
    Optional<String> topology,
    Optional<Boolean> texture,
    Optional<Boolean> pbr,
    Optional<Long> seed,
    Optional<String> form) {

  /** No options. */
  public static final ModelOptions NONE =
      new ModelOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Creates options for any provider. */
  public ModelOptions(
      Optional<Integer> faces,
      Optional<String> topology,
      Optional<Boolean> texture,
      Optional<Boolean> pbr,
      Optional<Long> seed,
      Optional<String> form) {
    this(List.of(), faces, topology, texture, pbr, seed, form);
  }

  public ModelOptions {
    providers = List.copyOf(providers);
    faces.ifPresent(number -> ImageOptions.check("faces", number, 1, Integer.MAX_VALUE));
    Objects.requireNonNull(topology, "topology");
    Objects.requireNonNull(texture, "texture");
    Objects.requireNonNull(pbr, "pbr");
    seed.ifPresent(number -> ImageOptions.check("seed", number, 0, ImageOptions.MAX_SEED));
    Objects.requireNonNull(form, "form");
  }

  /** Returns the options with a new random seed, for another model of the same kind. */
  public ModelOptions withNewSeed() {
    long random = new SplittableRandom().nextLong(ImageOptions.MAX_SEED + 1);
    return new ModelOptions(providers, faces, topology, texture, pbr, Optional.of(random), form);
  }

  /** Returns the options with other providers that may make the model; empty for any. */
  public ModelOptions at(List<String> names) {
    return new ModelOptions(names, faces, topology, texture, pbr, seed, form);
  }

  /**
   * Returns the names in a list that separates them by commas, as the queue has it.
   *
   * @param list null or empty for no names
   */
  public static List<String> namesIn(String list) {
    return list == null || list.isEmpty() ? List.of() : List.of(list.split(",", -1));
  }

  /** Returns whether a provider may make the model, by its name alone. */
  public boolean mayBeMadeBy(String provider) {
    return providers.isEmpty() || providers.contains(provider);
  }

  /** Returns the options as a JSON object; null if there are none. */
  public String toJson() {
    if (equals(NONE)) {
      return null;
    }
    JsonObjectBuilder json = Json.createObjectBuilder();
    if (!providers.isEmpty()) {
      json.add("providers", Json.createArrayBuilder(providers));
    }
    faces.ifPresent(value -> json.add("faces", value));
    topology.ifPresent(value -> json.add("topology", value));
    texture.ifPresent(value -> json.add("texture", value));
    pbr.ifPresent(value -> json.add("pbr", value));
    seed.ifPresent(value -> json.add("seed", value));
    form.ifPresent(value -> json.add("form", value));
    return json.build().toString();
  }

  /**
   * Reads options that {@link #toJson} has written. Members of later versions are ignored.
   *
   * @param json null for no options
   */
  public static ModelOptions ofJson(String json) {
    if (json == null) {
      return NONE;
    }
    JsonObject members = GuardedJson.object(json);
    return new ModelOptions(
        providers(members),
        Optional.ofNullable(members.getJsonNumber("faces")).map(JsonNumber::intValueExact),
        Optional.ofNullable(members.getString("topology", null)),
        flag(members, "texture"),
        flag(members, "pbr"),
        Optional.ofNullable(members.getJsonNumber("seed")).map(JsonNumber::longValueExact),
        Optional.ofNullable(members.getString("form", null)));
  }

  private static List<String> providers(JsonObject members) {
    return members.containsKey("providers")
        ? members.getJsonArray("providers").getValuesAs(JsonString::getString)
        : List.of();
  }

  private static Optional<Boolean> flag(JsonObject members, String name) {
    return Optional.ofNullable(members.get(name)).map(JsonValue.TRUE::equals);
  }
}
