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
 * Parameters of a run, as texts by name; each job has its own record that reads them.
 *
 * @param values given parameters
 */
public record RunParameters(Map<String, String> values) {

  /** Parameters of a job that needs none. */
  static final RunParameters NONE = new RunParameters(Map.of());

  public RunParameters {
    values = Map.copyOf(values);
  }

  /** Builder that omits parameters without a value. */
  static final class Builder {
    private final Map<String, String> values = new LinkedHashMap<>();

    Builder with(String name, Object value) {
      if (value != null) {
        values.put(name, value.toString());
      }
      return this;
    }

    RunParameters build() {
      return new RunParameters(values);
    }
  }

  /** Returns a required parameter. */
  String text(String name) {
    return get(name).orElseThrow(() -> new IllegalStateException("no parameter " + name));
  }

  /** Returns an optional parameter. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Encodes the parameters as a JSON object. */
  String encode() {
    JsonObjectBuilder object = Json.createObjectBuilder();
    new TreeMap<>(values).forEach(object::add);
    return object.build().toString();
  }

  /** Decodes the parameters from a JSON object. */
  static RunParameters decode(String json) {
    Map<String, String> values = new LinkedHashMap<>();
    GuardedJson.object(json)
        .forEach((name, value) -> values.put(name, ((JsonString) value).getString()));
    return new RunParameters(values);
  }
}
