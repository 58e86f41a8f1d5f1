package io.maquette.http;

import io.maquette.json.GuardedJson;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/** JSON-B configuration of the API: members without a value are written as null. */
@Provider
public class JsonFormat implements ContextResolver<Jsonb> {

  private static final Jsonb JSON = GuardedJson.jsonb(new JsonbConfig().withNullValues(true));

  @Override
  public Jsonb getContext(Class<?> type) {
    return JSON;
  }

  /** Writes a value as text in this form. */
  public static String write(Object value) {
    return JSON.toJson(value);
  }
}
