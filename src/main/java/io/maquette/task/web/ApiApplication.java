package io.maquette.task.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** JAX-RS application of the REST API; {@code META-INF/openapi.yaml} describes it. */
@ApplicationPath("api")
public class ApiApplication extends Application {

  /** Turns off Jersey's WADL, because the OpenAPI document is the only description of the API. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
