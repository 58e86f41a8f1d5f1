package io.maquette.push.web;

import io.maquette.http.Messages;
import io.maquette.http.RequestFields;
import io.maquette.push.ChangeScope;
import io.maquette.push.StreamPosition;
import io.maquette.security.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.BeanParam;
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

/**
 * REST resources for event streams (Server-Sent Events) of one task, and of all tasks of the
 * caller.
 */
@Path("tasks")
@RequestScoped
@Produces(MediaType.SERVER_SENT_EVENTS)
public class EventStreams {

  /** Parameters of a request for a stream. */
  public static class Request {
    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
    private String header;

    @QueryParam("lastEventId")
    private String parameter;

    @Context private Sse events;
    @Context private HttpServletResponse response;

    /**
     * Returns the start position. A browser that reconnects sends the header; a client may send the
     * parameter instead.
     */
    private StreamPosition from() {
      return header != null
          ? position(HttpHeaders.LAST_EVENT_ID_HEADER, header)
          : position("lastEventId", parameter);
    }
  }

  @Inject private PushClients clients;
  @Inject private CurrentUser user;

  /**
   * REST resource for the event stream of all tasks of the caller. It is a separate class, because
   * JAX-RS would otherwise read the path of another method as that of a task named {@code stream}.
   */
  @Path("tasks/stream")
  @RequestScoped
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public static class OfAllTasks {

    @Inject private EventStreams streams;

    @GET
    public void stream(@BeanParam Request request, @Context SseEventSink sink) {
      streams.open(null, request, sink);
    }
  }

  /** Opens the stream of one task. */
  @GET
  @Path("{id}/stream")
  public void stream(
      @PathParam("id") String id, @BeanParam Request request, @Context SseEventSink sink) {
    open(RequestFields.id(id), request, sink);
  }

  void open(UUID taskId, Request request, SseEventSink sink) {
    StreamPosition from = request.from();
    ChangeScope scope = clients.admit(user.name(), taskId);
    request.response.setHeader("X-Accel-Buffering", "no"); // nginx would buffer messages
    clients.connect(scope, new SseChannel(sink, request.events), Messages.ofRequest(), from);
  }

  /** Reads the position after which a stream continues; null to begin with a snapshot. */
  static StreamPosition position(String field, String text) {
    return RequestFields.read(field, "invalid.position", text, StreamPosition::decode);
  }
}
