package io.maquette.admin.web;

import io.maquette.admin.ProviderActions;
import io.maquette.admin.ProviderState;
import io.maquette.admin.ProviderStates;
import io.maquette.http.Audience;
import io.maquette.http.Envelope;
import io.maquette.http.ListEnvelope;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.http.ServedTo;
import io.maquette.security.CurrentUser;
import io.maquette.security.Operator;
import io.maquette.security.web.ReasonRequest;
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

/** REST resource of the configured providers and the operator's actions on them. */
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
      @PathParam("name") String name,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    actions.pause(known(name), operator(), request.reason());
    return state(name);
  }

  @POST
  @Path("{name}/resume")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope resume(
      @PathParam("name") String name,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    actions.resume(known(name), operator(), request.reason());
    return state(name);
  }

  @POST
  @Path("{name}/probe")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope probe(
      @PathParam("name") String name,
      @NotNull(message = "invalid.object") @Valid ReasonRequest request) {
    actions.probe(known(name), operator(), request.reason());
    return state(name);
  }

  @PUT
  @Path("{name}/limits")
  @Consumes(MediaType.APPLICATION_JSON)
  public Envelope limit(
      @PathParam("name") String name,
      @NotNull(message = "invalid.object") @Valid LimitRequest request) {
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
