package io.maquette.admin.web;

import io.maquette.admin.Overview;
import io.maquette.admin.SettingsInForce;
import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.ServedTo;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;

/** REST resource of the installation's overview and settings. */
@Path("admin")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class OverviewResource {

  @Inject private Overview overview;
  @Inject private SettingsInForce settings;

  @GET
  @Path("overview")
  public Envelope overview() throws SQLException {
    return Envelope.of(overview.now());
  }

  @GET
  @Path("settings")
  public ListEnvelope settings() {
    return ListEnvelope.of(settings.list(), null);
  }
}
