package io.maquette.operation.web;

import io.maquette.access.CurrentUser;
import io.maquette.access.Operator;
import io.maquette.access.web.Why;
import io.maquette.operation.ProviderActions;
import io.maquette.operation.ProviderState;
import io.maquette.operation.ProviderStates;
import io.maquette.platform.http.Audience;
import io.maquette.platform.http.Envelope;
import io.maquette.platform.http.ListEnvelope;
import io.maquette.platform.http.ProblemCode;
import io.maquette.platform.http.ProblemException;
import io.maquette.platform.http.ServedTo;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The providers that the settings choose, and what operators say of them. */
@Path("admin/providers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class ProvidersResource {

  @Inject private ProviderStates states;
  @Inject private ProviderActions actions;
  @Inject private CurrentUser user;

  @GET
  public ListEnvelope list() {
    return ListEnvelope.of(states.list(), null);
  }

  @POST
  @Path("{name}/pause")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope pause(
      @PathParam("name") String name, @NotNull(message = "invalid.object") @Valid Why request) {
    actions.pause(known(name), operator(), request.reason());
    return state(name);
  }

  @POST
  @Path("{name}/resume")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope resume(
      @PathParam("name") String name, @NotNull(message = "invalid.object") @Valid Why request) {
    actions.resume(known(name), operator(), request.reason());
    return state(name);
  }

  @POST
  @Path("{name}/probe")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope probe(
      @PathParam("name") String name, @NotNull(message = "invalid.object") @Valid Why request) {
    actions.probe(known(name), operator(), request.reason());
    return state(name);
  }

  @PUT
  @Path("{name}/limits")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope limit(
      @PathParam("name") String name,
      @NotNull(message = "invalid.object") @Valid LimitOrder request) {
    ProviderState provider = find(name);
    if (request.openJobs() != null && provider.openJobsLimit() == null) {
      throw ProblemException.ofField("openJobs", "invalid.open-jobs");
    }
    actions.limit(
        name, request.openJobs(), request.requestsPerSecond(), operator(), request.reason());
    return state(name);
  }

  private Operator operator() {
    return user.operator();
  }

  private String known(String name) {
    return find(name).name();
  }

  private Envelope state(String name) {
    return Envelope.of(find(name));
  }

  private ProviderState find(String name) {
    return states.find(name).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }
}
