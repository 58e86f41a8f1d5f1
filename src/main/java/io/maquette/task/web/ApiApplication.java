package io.maquette.task.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The REST API; {@code META-INF/openapi.yaml} describes it. */
@ApplicationPath("api")
public class ApiApplication extends Application {

  /** One description of the API is enough: Jersey's own, older one is not offered. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
