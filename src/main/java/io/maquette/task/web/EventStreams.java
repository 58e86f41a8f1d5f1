package io.maquette.task.web;

import io.maquette.access.CurrentUser;
import io.maquette.platform.http.Texts;
import io.maquette.push.Position;
import io.maquette.task.ChangeScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.UUID;

/** Opens streams of Server-Sent Events. */
@RequestScoped
class EventStreams {

  /** What a request for a stream says and brings along. */
  public static class Request {
    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
    private String header;

    @QueryParam("lastEventId")
    private String parameter;

    @Context private Sse events;
    @Context private HttpServletResponse response;

    /** Who reopens a stream by hand says where in the query; a browser by itself in the header. */
    private Position from() {
      return header != null
          ? Parameters.position(HttpHeaders.LAST_EVENT_ID_HEADER, header)
          : Parameters.position("lastEventId", parameter);
    }
  }

  @Inject private PushClients clients;
  @Inject private CurrentUser user;

  /**
   * Opens a stream.
   *
   * @param taskId the task it tells of; null for all of the caller's
   */
  void open(UUID taskId, Request request, SseEventSink sink) {
    Position from = request.from();
    ChangeScope scope = clients.admit(user.name(), taskId);
    request.response.setHeader("X-Accel-Buffering", "no"); // nginx would hold messages back
    clients.connect(scope, new SseChannel(sink, request.events), Texts.ofRequest(), from);
  }
}
