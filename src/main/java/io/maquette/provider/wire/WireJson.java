package io.maquette.provider.wire;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.ext.ContextResolver;

/**
 * JSON for REST clients, of this application's own: what Jersey takes otherwise is one for a whole
 * server, and keeps every class it has met when the application is gone.
 */
public final class WireJson implements ContextResolver<Jsonb> {

  private final Jsonb json = JsonbBuilder.create();

  @Override
  public Jsonb getContext(Class<?> type) {
    return json;
  }
}
