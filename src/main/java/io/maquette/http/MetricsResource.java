package io.maquette.http;

import io.maquette.telemetry.Meters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** REST resource with the metrics of this node, for Prometheus. */
@Path("metrics")
@ServedTo(Audience.MONITORS)
@RequestScoped
public class MetricsResource {

  @Inject private Meters meters;

  @GET
  @Produces(MediaType.TEXT_PLAIN + ";version=0.0.4;charset=utf-8")
  public String scrape() {
    return meters.scrape();
  }
}
