package io.maquette.provider.http;

import io.maquette.json.GuardedJson;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.ws.rs.ext.ContextResolver;

/**
 * JSON-B instance of this application for REST clients. Jersey's default is one instance per
 * server, which keeps every class it has seen after an undeployment.
 */
public final class WireJson implements ContextResolver<Jsonb> {

  private final Jsonb json = GuardedJson.jsonb(new JsonbConfig());

  @Override
  public Jsonb getContext(Class<?> type) {
    return json;
  }
}
