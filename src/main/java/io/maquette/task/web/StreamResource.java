package io.maquette.task.web;

import io.maquette.access.CurrentUser;
import io.maquette.platform.http.Texts;
import io.maquette.push.Position;
import io.maquette.task.ChangeScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.UUID;

/** Changes as Server-Sent Events, of one task or of all the caller's. */
@Path("tasks")
@RequestScoped
@Produces(MediaType.SERVER_SENT_EVENTS)
public class StreamResource {

  @Inject private PushClients clients;
  @Inject private CurrentUser user;
  @Context private Sse events;
  @Context private HttpServletResponse response;

  @GET
  @Path("stream")
  public void all(
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String header,
      @QueryParam("lastEventId") String parameter,
      @Context SseEventSink sink) {
    stream(null, header, parameter, sink);
  }

  @GET
  @Path("{id}/stream")
  public void one(
      @PathParam("id") String id,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String header,
      @QueryParam("lastEventId") String parameter,
      @Context SseEventSink sink) {
    stream(Parameters.id(id), header, parameter, sink);
  }

  /**
   * Whoever reopens a stream by hand says where in the query; a browser by itself in the header.
   */
  private void stream(UUID taskId, String header, String parameter, SseEventSink sink) {
    Position from =
        header != null
            ? Parameters.position("Last-Event-ID", header)
            : Parameters.position("lastEventId", parameter);
    ChangeScope scope = clients.admit(user.name(), taskId);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    response.setHeader("X-Accel-Buffering", "no"); // nginx would hold messages back
    clients.connect(scope, new SseChannel(sink, events), Texts.ofRequest(), from);
  }
}
