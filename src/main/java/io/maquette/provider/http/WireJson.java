package io.maquette.provider.http;

import io.maquette.json.GuardedJson;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.ws.rs.ext.ContextResolver;

/**
 * JSON for REST clients, of this application's own: what Jersey takes otherwise is one for a whole
 * server, and keeps every class it has met when the application is gone.
 */
public final class WireJson implements ContextResolver<Jsonb> {

  private final Jsonb json = GuardedJson.jsonb(new JsonbConfig());

  @Override
  public Jsonb getContext(Class<?> type) {
    return json;
  }
}
