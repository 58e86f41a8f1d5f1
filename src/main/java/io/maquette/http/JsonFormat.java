package io.maquette.http;

import io.maquette.json.GuardedJson;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/** JSON as the contract has it: a member without a value is there, as null. */
@Provider
public class JsonFormat implements ContextResolver<Jsonb> {

  private static final Jsonb JSON = GuardedJson.jsonb(new JsonbConfig().withNullValues(true));

  @Override
  public Jsonb getContext(Class<?> type) {
    return JSON;
  }

  /** A value as text in this form. */
  public static String write(Object value) {
    return JSON.toJson(value);
  }
}
