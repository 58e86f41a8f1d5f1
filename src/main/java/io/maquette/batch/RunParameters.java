package io.maquette.batch;

import io.maquette.json.GuardedJson;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run was started with, as texts by name; each job has a record of its own that reads them.
 *
 * @param values without those that were not given
 */
public record RunParameters(Map<String, String> values) {

  /** For a job that needs none. */
  public static final RunParameters NONE = new RunParameters(Map.of());

  public RunParameters {
    values = Map.copyOf(values);
  }

  /** Gathers parameters, of which some are not given. */
  public static final class Builder {
    private final Map<String, String> values = new LinkedHashMap<>();

    public Builder with(String name, Object value) {
      if (value != null) {
        values.put(name, value.toString());
      }
      return this;
    }

    public RunParameters build() {
      return new RunParameters(values);
    }
  }

  /** A parameter that must have been given. */
  public String text(String name) {
    return get(name).orElseThrow(() -> new IllegalStateException("no parameter " + name));
  }

  /** A parameter that may have been given. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** As a JSON object. */
  String encode() {
    JsonObjectBuilder object = Json.createObjectBuilder();
    new TreeMap<>(values).forEach(object::add);
    return object.build().toString();
  }

  /** From a JSON object. */
  static RunParameters decode(String json) {
    Map<String, String> values = new LinkedHashMap<>();
    GuardedJson.object(json)
        .forEach((name, value) -> values.put(name, ((JsonString) value).getString()));
    return new RunParameters(values);
  }
}
