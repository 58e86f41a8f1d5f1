package io.maquette.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Attributes of a span and of log records. They never contain free text, keys or addresses. */
public final class Subject {

  /** Name of an attribute. */
  public enum Trait {
    NODE("node"),
    TASK("task"),
    USER("user"),
    STAGE("stage"),
    ATTEMPT("attempt"),
    PROVIDER("provider"),
    OPERATION("operation"),
    OUTCOME("outcome");

    private final String attribute;
    private final String field;

    Trait(String name) {
      attribute = "maquette." + name;
      field = name.equals("user") ? "user.id" : "labels." + name;
    }

    String attribute() {
      return attribute;
    }

    String field() {
      return field;
    }
  }

  private final Map<Trait, String> traits = new EnumMap<>(Trait.class);

  /** Adds an attribute; a null value adds none. */
  public Subject with(Trait trait, Object value) {
    if (value != null) {
      traits.put(trait, value.toString());
    }
    return this;
  }

  Attributes attributes() {
    AttributesBuilder attributes = Attributes.builder();
    traits.forEach((trait, value) -> attributes.put(trait.attribute(), value));
    return attributes.build();
  }

  Map<String, String> fields() {
    Map<String, String> fields = new TreeMap<>();
    traits.forEach((trait, value) -> fields.put(trait.field(), value));
    return fields;
  }
}
